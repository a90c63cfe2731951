// Why a request to Amazon is where it is.
import type { Schemas } from "../api/client";
import { type MessageId, useText } from "../i18n";
import en from "../i18n/en.json";

/** What Fairway itself finds when it looks at the order before it sends. */
const kFound = ["order_cancelled", "units_cancelled", "nothing_to_confirm"] as const;
type Found = (typeof kFound)[number];
const isFound = (code: string): code is Found => (kFound as readonly string[]).includes(code);

/** Amazon's words where there are some, else ours; nothing while all goes well. */
export function useReason() {
  const text = useText();
  return ({ amazon_says: says, code, state }: Schemas["Command"]): string | null => {
    if (says !== null) return says;
    if (code === null || state === "accepted" || state === "verified") return null;
    if (isFound(code)) return text(`command_reason.${code}`);
    const id = `problem.${code}`;
    return id in en ? text(id as MessageId) : code;
  };
}
