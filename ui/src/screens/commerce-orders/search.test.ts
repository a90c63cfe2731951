import { expect, test } from "vitest";

import { toQuery } from "./search";

test("a span of days holds its last day", () => {
  expect(toQuery({ created_from: "2026-11-01", created_to: "2026-11-01", q: "12" })).toEqual({
    q: "12",
    sort: "-created_at",
    created_from: new Date(2026, 10, 1).toISOString(),
    created_to: new Date(2026, 10, 2).toISOString(),
  });
});

test("a sort that was chosen stays", () => {
  expect(toQuery({ sort: "number" })).toEqual({ sort: "number" });
});
