import { expect, test, vi } from "vitest";

import { orderPath, ownPath, sellerCentralOrder, trackingPage } from "./links";

test("pages of Fairway are known by their path", () => {
  vi.stubGlobal("window", { location: { origin: "http://127.0.0.1:8400" } });
  expect(ownPath("https://shop.example/commerce-orders/co_7")).toBe("/commerce-orders/co_7");
  expect(ownPath("https://sellercentral-europe.amazon.com/orders-v3/order/402-1")).toBeNull();
  expect(orderPath({ store: "st_1", amazon_order_id: "a/b" })).toBe("/amazon-orders/st_1/a%2Fb");
});

test("links that lead elsewhere", () => {
  expect(sellerCentralOrder("NL", "402-1")).toBe("https://sellercentral.amazon.nl/orders-v3/order/402-1");
  expect(sellerCentralOrder("XX", "402-1")).toBeNull();
  expect(trackingPage("Poste Italiane", "A 1")).toContain("A%201");
  expect(trackingPage("Somebody", "A1")).toBeNull();
});
