import { expect, test } from "vitest";

import { changeFrom, linePoints, niceTop, pathOf } from "./chart";

test("the scale ends at a round number that holds the greatest value", () => {
  expect([0, 1, 3, 7.2, 180, 501].map(niceTop)).toEqual([1, 1, 5, 10, 200, 1000]);
});

test("a line goes from left to right, higher values further up", () => {
  const points = linePoints([0, 50, 100], 100, 200, 40);
  expect(points).toEqual([
    { x: 0, y: 40 },
    { x: 100, y: 20 },
    { x: 200, y: 0 },
  ]);
  expect(pathOf(points)).toBe("M0.0 40.0L100.0 20.0L200.0 0.0");
  expect(linePoints([5], 10, 200, 40)).toEqual([{ x: 0, y: 20 }]);
});

test("a change is told in per cent, and from nothing as new", () => {
  expect(changeFrom("100.00", "150.00")).toEqual({ kind: "percent", percent: 50 });
  expect(changeFrom("100.00", "0.00")).toEqual({ kind: "percent", percent: -100 });
  expect(changeFrom("0.00", "5.00")).toEqual({ kind: "new" });
  expect(changeFrom("0.00", "0.00")).toEqual({ kind: "none" });
});
