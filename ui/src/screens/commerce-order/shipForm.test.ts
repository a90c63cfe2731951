import { beforeAll, expect, test, vi } from "vitest";

import type { PackageDraft } from "./shipForm";

const draft = (tracking: string, units: [number, number][]): PackageDraft => ({
  id: 1,
  carrier: "DHL",
  service: "",
  tracking,
  shippedAt: "",
  units: new Map(units),
});

let form: typeof import("./shipForm");
let client: typeof import("../../api/client");
beforeAll(async () => {
  vi.stubGlobal("window", { location: { origin: "http://127.0.0.1:8400" } });
  client = await import("../../api/client");
  form = await import("./shipForm");
});

const problem = (code: string, field: string | null, detail = "") =>
  new client.Problem(422, code, detail, field);

test("lines of which a package holds nothing are left out", () => {
  const request = form.toRequest([
    draft("A", [
      [1, 0],
      [2, 3],
    ]),
  ]);
  expect(request.packages[0]?.items).toEqual([{ line: 2, quantity: 3 }]);
});

test("a problem stands at the line that it is about", () => {
  const packages = [
    draft("A", [[1, 1]]),
    draft("B", [
      [1, 0],
      [2, 9],
    ]),
  ];
  const wrong = problem("quantity_exceeds_open", "packages[1].items[0].quantity");
  expect(form.placeOf(wrong, packages)).toEqual({ package: 1, field: { line: 2 } });
  expect(form.placeOf(problem("items_missing", "packages[0].items"), packages)).toEqual({
    package: 0,
    field: "items",
  });
  expect(form.placeOf(problem("quantity_exceeds_open", "packages"), packages)).toBeNull();
});

test("a repetition stands at its tracking number", () => {
  const wrong = problem(
    "duplicate_shipment",
    null,
    "order 12 has a package with tracking B and the same lines",
  );
  expect(form.placeOf(wrong, [draft("A1", []), draft("B", [])])).toEqual({ package: 1, field: "tracking" });
});

test("each package starts with what no other holds", () => {
  const open = new Map([[1, 3]]);
  expect(form.unitsLeft(open, [draft("A", [[1, 2]])])).toEqual(new Map([[1, 1]]));
});

test("the carriers of the settings come first, and none comes twice", () => {
  const names = form.suggestedCarriers(["Corriere mio", "brt"]);
  expect(names.slice(0, 2)).toEqual(["Corriere mio", "brt"]);
  expect(names).not.toContain("BRT");
  expect(names).toContain("DHL");
});

test("a time of shipping is that of the reader, and left out if none was given", () => {
  const now = draft("A", [[1, 1]]);
  const earlier = { ...now, shippedAt: "2026-11-27T09:30" };
  const [first, second] = form.toRequest([now, earlier]).packages;
  expect(first && "shipped_at" in first).toBe(false);
  expect(second?.shipped_at).toBe(new Date(2026, 10, 27, 9, 30).toISOString());
  const wrong = problem("shipped_at_invalid", "packages[1].shipped_at");
  expect(form.placeOf(wrong, [now, earlier])).toEqual({ package: 1, field: "shipped_at" });
});
