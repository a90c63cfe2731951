// How an order's status, import state and note look, wherever they stand.
import { Link, StatusLight } from "@react-spectrum/s2";

import type { Schemas } from "../api/client";
import { type MessageId, useText } from "../i18n";
import { ownPath } from "./links";
import { Mark } from "./Mark";

export type AmazonOrder = Schemas["AmazonOrder"];

/** Silver is neutral with readable words: those of the neutral light are too pale in a selected row. */
type Tone = "positive" | "negative" | "notice" | "silver" | "informative";

const statusTones: Record<AmazonOrder["status"], Tone> = {
  PendingAvailability: "silver",
  Pending: "silver",
  Unshipped: "informative",
  PartiallyShipped: "notice",
  Shipped: "positive",
  Canceled: "negative",
  Unfulfillable: "negative",
  Unknown: "notice",
};

const stateTones: Record<AmazonOrder["import_state"], "positive" | "negative" | "neutral" | "informative"> = {
  view_only: "neutral",
  waiting: "neutral",
  blocked: "negative",
  importing: "informative",
  imported: "informative",
  completed: "positive",
  cancelled: "neutral",
  excluded: "neutral",
};

/** Why an order is blocked, as a sentence of its own: in a note it follows a colon. */
export function blockWords({ block }: AmazonOrder): string {
  const words = block?.detail ?? "";
  return words.charAt(0).toLocaleUpperCase() + words.slice(1);
}

export function OrderStatus({ status }: { status: AmazonOrder["status"] }) {
  const text = useText();
  return <StatusLight variant={statusTones[status]}>{text(`status.${status}` as MessageId)}</StatusLight>;
}

export function ImportState({ state }: { state: AmazonOrder["import_state"] }) {
  const text = useText();
  return (
    <Mark tone={stateTones[state]} fill="subtle">
      {text(`import_state.${state}` as MessageId)}
    </Mark>
  );
}

/** Leads where the server says: the commerce order, Seller Central, or Fairway's own page. */
export function OrderNumber({ order }: { order: AmazonOrder }) {
  const own = ownPath(order.link);
  return own !== null ? (
    <Link href={own} variant="secondary">
      {order.amazon_order_id}
    </Link>
  ) : (
    <Link href={order.link} target="_blank" rel="noreferrer" variant="secondary">
      {order.amazon_order_id}
    </Link>
  );
}

/** The buyer's name, or why it is not shown. */
export function useBuyerName() {
  const text = useText();
  return (order: AmazonOrder) =>
    order.buyer.state === "granted" && order.buyer.name
      ? order.buyer.name
      : text(`data_state.${order.buyer.state}` as MessageId);
}
