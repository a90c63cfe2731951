import { expect, test } from "vitest";

import { neighboursIn } from "./trail";

const rows = [["/amazon-orders/a", "/commerce-orders/1"], ["/amazon-orders/b"], ["/amazon-orders/c"]];

test("the first has none before it, the last none after it", () => {
  const first = { previous: null, next: "/amazon-orders/b", place: 1, all: 3 };
  expect(neighboursIn(rows, "/amazon-orders/a")).toEqual(first);
  expect(neighboursIn(rows, "/amazon-orders/c")).toMatchObject({ previous: "/amazon-orders/b", next: null });
});

test("one stays with one kind of page where the row has it", () => {
  expect(neighboursIn(rows, "/commerce-orders/1")?.next).toBe("/amazon-orders/b");
  const other = [
    ["/amazon-orders/a", "/commerce-orders/1"],
    ["/amazon-orders/b", "/commerce-orders/2"],
  ];
  expect(neighboursIn(other, "/commerce-orders/1")?.next).toBe("/commerce-orders/2");
});

test("a page that is not of the list has no neighbours", () => {
  expect(neighboursIn(rows, "/amazon-orders/z")).toBeNull();
});
