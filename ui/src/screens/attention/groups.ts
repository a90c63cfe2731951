// Blocked orders by cause: what is mended once frees all orders of its group.
import type { Schemas } from "../../api/client";
import type { AmazonOrder } from "../../parts/orders";

export type Reason = Schemas["Block"]["reason"];

export interface Group {
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

export function groupsOf(orders: readonly AmazonOrder[]): Group[] {
  const groups = new Map<string, Group>();
  for (const order of orders) {
    const { block } = order;
    if (block === null) continue;
    const ownSku = block.reason === "product_missing";
    const sku = block.fix.kind === "order" ? null : block.fix.sku;
    const key = JSON.stringify([block.reason, ownSku ? order.store : null, sku]);
    const item = itemOf(order, sku);
    const group = groups.get(key) ?? {
      key,
      reason: block.reason,
      sku,
      store: ownSku ? order.store : null,
      storeName: ownSku ? order.store_name : null,
      title: item?.title ?? null,
      needed: 0,
      orders: [],
    };
    group.orders.push(order);
    group.needed += item === undefined ? 0 : item.quantity_ordered - item.quantity_cancelled;
    groups.set(key, group);
  }
  return [...groups.values()].sort((a, b) => b.orders.length - a.orders.length);
}
