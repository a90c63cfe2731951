import { beforeAll, expect, test, vi } from "vitest";

let values: typeof import("./filterValues");
beforeAll(async () => {
  vi.stubGlobal("window", { location: { origin: "http://127.0.0.1:8400" } });
  values = await import("./filterValues");
});

test("days are whole days where the reader is", () => {
  const query = values.toQuery({
    purchased_from: "2026-11-01",
    purchased_to: "2026-11-30",
    status: "Shipped",
  });
  expect(query).toEqual({
    status: "Shipped",
    purchased_from: new Date(2026, 10, 1).toISOString(),
    purchased_to: new Date(2026, 11, 1).toISOString(),
  });
});

test("times stay as they are, and the sorting is no filter", () => {
  const filters = { purchased_from: "2026-11-01T08:00:00.000Z", sort: "-ship_by" };
  expect(values.toQuery(filters).purchased_from).toBe("2026-11-01T08:00:00.000Z");
  expect(values.setOf(filters)).toEqual([["purchased_from", "2026-11-01T08:00:00.000Z"]]);
});
