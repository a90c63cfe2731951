import { describe, expect, it } from "vitest";

import type { AmazonOrder } from "../orders";
import { causesOf, type Reason } from "./causes";

function blocked(id: string, store: string, reason: Reason, sku: string | null, quantity = 1): AmazonOrder {
  const kind = reason === "out_of_stock" ? "stock" : reason.startsWith("product") ? "product" : "order";
  return {
    amazon_order_id: id,
    store,
    store_name: `Store ${store}`,
    block: { reason, detail: "", line: 1, fix: { kind, sku, href: "" } },
    items: [{ line: 1, seller_sku: sku, title: "Cup", quantity_ordered: quantity, quantity_cancelled: 0 }],
  } as unknown as AmazonOrder;
}

describe("blocked orders by cause", () => {
  it("causes what one product frees, over all stores", () => {
    const causes = causesOf([
      blocked("1", "st_1", "out_of_stock", "CUP", 2),
      blocked("2", "st_2", "out_of_stock", "CUP", 3),
      blocked("3", "st_1", "product_disabled", "CUP"),
    ]);
    expect(causes.map((cause) => [cause.reason, cause.orders.length, cause.needed])).toEqual([
      ["out_of_stock", 2, 5],
      ["product_disabled", 1, 1],
    ]);
  });

  it("keeps a seller SKU without a product apart by store: a match belongs to one store", () => {
    const causes = causesOf([
      blocked("1", "st_1", "product_missing", "CUP-X"),
      blocked("2", "st_2", "product_missing", "CUP-X"),
    ]);
    expect(causes.map((cause) => [cause.store, cause.sku, cause.title])).toEqual([
      ["st_1", "CUP-X", "Cup"],
      ["st_2", "CUP-X", "Cup"],
    ]);
  });

  it("takes orders that must be mended one by one together", () => {
    const causes = causesOf([
      blocked("1", "st_1", "address_invalid", "A"),
      blocked("2", "st_1", "address_invalid", "B"),
    ]);
    expect(causes).toHaveLength(1);
    expect(causes[0]?.sku).toBeNull();
  });
});
