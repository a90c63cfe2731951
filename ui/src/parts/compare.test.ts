import { expect, test } from "vitest";

import type { CommerceOrder } from "./commerce";
import { addsUp, compareLines, compareTotals } from "./compare";
import type { AmazonOrder } from "./orders";

const eur = (amount: string) => ({ amount, currency: "EUR" });
const parts = (item: string, tax: string, discount = "0.00") => ({
  item: eur(item),
  shipping: eur("0.00"),
  gift_wrap: eur("0.00"),
  tax: eur(tax),
  discount: eur(discount),
  other: eur("0.00"),
});
const amazon = (total: string) =>
  ({
    total: eur(total),
    items: [
      { order_item_id: "1", title: "Mug", seller_sku: "M", proceeds: parts("10.10", "2.20", "1.00") },
      { order_item_id: "2", title: null, seller_sku: "P", proceeds: parts("0.20", "0.10") },
    ],
  }) as AmazonOrder;
const commerce = (tax: string) =>
  ({
    lines: [
      { order_item_id: "2", ...parts("0.2", "0.1") },
      { order_item_id: "1", ...parts("10.10", tax, "1.00") },
    ],
    totals: { ...parts("10.30", "2.30", "1.00"), grand_total: eur("11.60") },
  }) as unknown as CommerceOrder;

test("equal amounts do not differ, however they are written", () => {
  const rows = compareLines(amazon("11.60"), commerce("2.20")).flatMap((line) => line.rows);
  expect(rows.filter((row) => row.differs)).toEqual([]);
  expect(compareTotals(amazon("11.60"), commerce("2.20")).filter((row) => row.differs)).toEqual([]);
});

test("a part that differs is named with its difference", () => {
  const [mug] = compareLines(amazon("11.60"), commerce("2.21"));
  const tax = mug?.rows.find((row) => row.name === "tax");
  expect(tax?.differs).toBe(true);
  expect(tax?.difference).toEqual(eur("0.01"));
});

test("Amazon's own parts may not come to its total", () => {
  expect(addsUp(amazon("11.60"))).toBe(true);
  expect(addsUp(amazon("11.61"))).toBe(false);
});
