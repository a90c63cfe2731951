import type { AmazonOrder } from "./orders";

/**
 * A row with what was read anew. Read without personal data, the row keeps the names that it shows; if Amazon
 * no longer shows them, or they are erased, they go from the row, too.
 */
export function refreshed(row: AmazonOrder, fresh: AmazonOrder): AmazonOrder {
  const isHidden = fresh.buyer.state === row.buyer.state && fresh.buyer.name === null;
  return isHidden ? { ...fresh, buyer: row.buyer, recipient: row.recipient } : fresh;
}
