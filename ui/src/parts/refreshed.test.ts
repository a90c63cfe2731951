import { expect, test } from "vitest";

import type { AmazonOrder } from "./orders";
import { refreshed } from "./refreshed";

const order = (note: string, state: string, name: string | null) =>
  ({ note, buyer: { state, name }, recipient: { state, name } }) as AmazonOrder;

test("what is read without personal data leaves the names of the row", () => {
  const after = refreshed(order("old", "granted", "A"), order("new", "granted", null));
  expect([after.note, after.buyer.name, after.recipient.name]).toEqual(["new", "A", "A"]);
});

test("names that are erased go from the row", () => {
  const after = refreshed(order("old", "granted", "A"), order("new", "expired", null));
  expect([after.buyer.name, after.recipient.name]).toEqual([null, null]);
});
