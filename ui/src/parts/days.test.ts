import { expect, test } from "vitest";

import { endOf, startOf } from "./days";

test("a day ends a moment before the next one begins, where the reader is", () => {
  // The second day has 23 hours where clocks go forward in Europe.
  for (const [day, next] of [
    ["2026-12-31", "2027-01-01"],
    ["2027-03-28", "2027-03-29"],
  ] as const) {
    expect(Date.parse(startOf(next)) - Date.parse(endOf(day))).toBe(1);
    const end = new Date(endOf(day));
    expect([end.getDate(), end.getHours(), end.getMinutes()]).toEqual([Number(day.slice(-2)), 23, 59]);
    expect(endOf(day)).toMatch(/Z$/);
  }
});
