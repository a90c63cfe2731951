import { expect, test } from "vitest";

import type { CommerceOrder } from "../../parts/commerce";
import { creditableUnits, openUnits } from "./open";

type Events = Pick<CommerceOrder, "shipments" | "credit_memos">;
const shipped = (at: string, quantity: number) => ({
  created_at: at,
  packages: [{ items: [{ line: 1, quantity }] }],
});
const memo = (at: string, quantity: number, origin = "operator") => ({
  created_at: at,
  origin,
  lines: [{ line: 1, quantity }],
});

function order(ordered: number, events: object): CommerceOrder {
  const { shipments, credit_memos } = events as Events;
  const sum = (quantities: number[]) => quantities.reduce((total, each) => total + each, 0);
  return {
    shipments,
    credit_memos,
    lines: [
      {
        line: 1,
        quantity_ordered: ordered,
        quantity_cancelled: 0,
        quantity_shipped: sum(shipments.flatMap((each) => each.packages[0]?.items[0]?.quantity ?? 0)),
        quantity_refunded: sum(credit_memos.flatMap((each) => each.lines[0]?.quantity ?? 0)),
      },
    ],
  } as unknown as CommerceOrder;
}

const open = (each: CommerceOrder) => openUnits(each).get(1);

test("what is shipped is not open", () => {
  expect(open(order(3, { shipments: [shipped("1", 2)], credit_memos: [] }))).toBe(1);
});

test("units credited before they were shipped are not open any more", () => {
  expect(open(order(3, { shipments: [], credit_memos: [memo("1", 1)] }))).toBe(2);
  expect(open(order(3, { shipments: [shipped("2", 2)], credit_memos: [memo("1", 1)] }))).toBe(0);
});

test("a memo after the shipment takes shipped units first", () => {
  const partly = order(3, { shipments: [shipped("1", 2)], credit_memos: [memo("2", 1)] });
  expect(open(partly)).toBe(1);
  expect(creditableUnits(partly).get(1)).toBe(2);
});

test("what Amazon cancelled was never shipped", () => {
  expect(open(order(3, { shipments: [shipped("1", 2)], credit_memos: [memo("2", 1, "amazon")] }))).toBe(0);
});
