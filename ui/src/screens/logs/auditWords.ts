// The audit trail keeps words for programs: who it was as "user:us_1 (office)", what was done as the server names
// it. People read names and sentences.
import type { MessageId } from "../../i18n";
import en from "../../i18n/en.json";

/** What the server writes down, as it writes it. */
export const actions = [
  "view_personal_data",
  "search_personal_data",
  "export",
  "sign in",
  "refuse sign in",
  "lock sign in",
  "refuse password change",
  "lock password change",
  "sign out",
  "choose password",
  "change password",
  "create user",
  "change user",
  "invite user",
  "unlock user",
  "end session",
  "end sessions",
  "create token",
  "revoke token",
  "connect account",
  "update account",
  "add store",
  "rename store",
  "change settings",
  "activate store",
  "deactivate store",
  "delete store",
  "start sync",
  "retry order",
  "retry orders",
  "import order anyway",
  "repair shipping address",
  "refuse repair",
  "replay command",
  "close attention",
  "retry quarantined",
  "read-only on",
  "read-only off",
  "create backup",
  "POST /api/v1/products",
  "PATCH /api/v1/products/{sku}",
  "PUT /api/v1/stock/{sku}",
  "PUT /api/v1/listings/{store}/{seller_sku}",
  "POST /api/v1/commerce-orders/{id}/shipments",
  "POST /api/v1/commerce-orders/{id}/invoices",
  "POST /api/v1/commerce-orders/{id}/credit-memos",
  "POST /api/v1/commerce-orders/{id}/cancel",
  "POST /api/v1/commerce-orders/{id}/hold",
  "POST /api/v1/commerce-orders/{id}/unhold",
  "POST /api/v1/commerce-orders/{id}/comments",
] as const;

const slugOf = (action: string) =>
  action
    .replace("/api/v1", "")
    .replaceAll(/\{\w+\}/g, "")
    .toLowerCase()
    .replaceAll(/[^a-z]+/g, "_")
    .replaceAll(/^_|_$/g, "");

/** The message that says it, and what the server wrote after a colon; null for words that are not known. */
export function actionWords(action: string): { id: MessageId; fields: string[] } | null {
  const [, place] = /^sign in: from (.+)$/.exec(action) ?? [];
  if (place !== undefined) return { id: "audit_action.sign_in_from", fields: [place] };
  const [what = "", ...rest] = action.split(": ");
  const details = rest.join(": ");
  const bare = `audit_action.${slugOf(what)}`;
  const id = details !== "" && `${bare}_fields` in en ? `${bare}_fields` : bare;
  return id in en ? { id: id as MessageId, fields: details === "" ? [] : details.split(/, ?/) } : null;
}

/** The message that says one detail, if it is not a value such as "look_back_days=3". */
export function detailWords(detail: string): { id: MessageId; params: Record<string, string> } | null {
  const [, before, after] = /^role (\w+) to (\w+)$/.exec(detail) ?? [];
  if (before !== undefined && after !== undefined)
    return { id: "audit_detail.role_changed", params: { before, after } };
  const ids = [`address.${detail}`, `role.${detail}`, `audit_detail.${slugOf(detail)}`];
  const id = ids.find((each) => each in en);
  return id === undefined ? null : { id: id as MessageId, params: {} };
}

export type Actor =
  { kind: "person" | "token" | "address"; name: string } | { kind: "cli" | "fairway" | "other" };

export function actorOf(actor: string): Actor {
  const [, kind, name] = /^(user|token):\S+ \((.*)\)$/.exec(actor) ?? [];
  if (name !== undefined) return { kind: kind === "token" ? "token" : "person", name };
  // Nobody is known yet where somebody signs in.
  const [, address] = /^address:(.+)$/.exec(actor) ?? [];
  if (address !== undefined) return { kind: "address", name: address };
  return { kind: actor === "cli" || actor === "fairway" ? actor : "other" };
}

/** As the server writes who it was. */
export const actorText = (kind: "user" | "token", { id, name }: { id: string; name: string }) =>
  `${kind}:${id} (${name})`;
