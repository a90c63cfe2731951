import { expect, test, vi } from "vitest";

import { attentionPath, orderPages, orderPath, ownPath, toShipPath, trackingPage } from "./links";

test("pages of Fairway are known by their path", () => {
  vi.stubGlobal("window", { location: { origin: "http://127.0.0.1:8400" } });
  expect(ownPath("https://shop.example/commerce-orders/co_7")).toBe("/commerce-orders/co_7");
  expect(ownPath("https://sellercentral-europe.amazon.com/orders-v3/order/402-1")).toBeNull();
  expect(orderPath({ store: "st_1", amazon_order_id: "a/b" })).toBe("/amazon-orders/st_1/a%2Fb");
});

test("links that lead elsewhere", () => {
  expect(trackingPage("Poste Italiane", "A 1")).toContain("A%201");
  expect(trackingPage("Somebody", "A1")).toBeNull();
});

test("an order's pages are its own and that of its commerce order", () => {
  const order = { store: "st_1", amazon_order_id: "402-1" };
  const commerce_order = { id: "co_7", number: "000000012", status: "Processing" };
  expect(orderPages({ ...order, commerce_order: null })).toEqual(["/amazon-orders/st_1/402-1"]);
  expect(orderPages({ ...order, commerce_order })[1]).toBe("/commerce-orders/co_7");
});

test("a figure leads to the list that it counts", () => {
  const search = new URL(toShipPath("a&b"), "http://127.0.0.1").searchParams;
  expect(Object.fromEntries(search)).toEqual({
    store: "a&b",
    status: "Unshipped,PartiallyShipped",
    import_state: "imported",
  });
  expect(attentionPath("st_1", "ship_by")).toBe("/attention?store=st_1&tab=ship_by");
  expect(attentionPath("st_1")).toBe("/attention?store=st_1");
});
