// Blocked orders by cause: what is mended once frees all of its orders.
import type { Schemas } from "../../api/client";
import type { AmazonOrder } from "../orders";

export type Reason = Schemas["Block"]["reason"];

export interface Cause {
  key: string;
  reason: Reason;
  /** What to mend: a seller SKU if no product is known yet, else a product SKU; null for the order itself. */
  sku: string | null;
  /** A seller SKU is the store's own. */
  store: string | null;
  storeName: string | null;
  /** Amazon's title of the line that is blocked: a name for a new product. */
  title: string | null;
  /** How many units its orders want in all. */
  needed: number;
  orders: AmazonOrder[];
}

/** The line that is blocked, or the first one of the SKU. */
function itemOf(order: AmazonOrder, sku: string | null) {
  const line = order.block?.line ?? null;
  return order.items.find((each) => (line === null ? each.seller_sku === sku : each.line === line));
}

export function causesOf(orders: readonly AmazonOrder[]): Cause[] {
  const causes = new Map<string, Cause>();
  for (const order of orders) {
    const { block } = order;
    if (block === null) continue;
    const ownSku = block.reason === "product_missing";
    const sku = block.fix.kind === "order" ? null : block.fix.sku;
    const key = JSON.stringify([block.reason, ownSku ? order.store : null, sku]);
    const item = itemOf(order, sku);
    const cause = causes.get(key) ?? {
      key,
      reason: block.reason,
      sku,
      store: ownSku ? order.store : null,
      storeName: ownSku ? order.store_name : null,
      title: item?.title ?? null,
      needed: 0,
      orders: [],
    };
    cause.orders.push(order);
    cause.needed += item === undefined ? 0 : item.quantity_ordered - item.quantity_cancelled;
    causes.set(key, cause);
  }
  return [...causes.values()].sort((a, b) => b.orders.length - a.orders.length);
}
