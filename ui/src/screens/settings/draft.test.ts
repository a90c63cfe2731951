import { describe, expect, it } from "vitest";

import { draftOf, patchOf, type Settings, settingsOf, wrongIn } from "./draft";

const stored: Settings = {
  import_orders: true,
  store_view: null,
  customer: "guest",
  order_number: "back_end",
  pending_orders: "reserve",
  imported_status: null,
  look_back_days: 0,
  create_when_refused: false,
  carriers: { brt: "BRT", dhl: "DHL" },
  quantity: { out_of_stock_threshold: 0, maximum: null, unmanaged: 100, buffer: 0 },
  sync_interval_s: 240,
};
const draft = draftOf(stored);

describe("the settings' form", () => {
  it("changes nothing by being opened", () => {
    expect(settingsOf(draft)).toEqual(stored);
    expect(patchOf(stored, settingsOf(draft))).toEqual({});
  });

  it("sends only what changed", () => {
    const next = settingsOf({ ...draft, customer: "account", quantity: { ...draft.quantity, buffer: 2 } });
    expect(patchOf(stored, next)).toEqual({
      customer: "account",
      quantity: { ...stored.quantity, buffer: 2 },
    });
  });

  it("removes a carrier with null, and leaves the others alone", () => {
    const carriers = [
      { row: 1, name: "dhl", amazon: "DHL Express" },
      { row: 2, name: "gls", amazon: "GLS" },
    ];
    expect(patchOf(stored, settingsOf({ ...draft, carriers }))).toEqual({
      carriers: { brt: null, dhl: "DHL Express", gls: "GLS" },
    });
  });

  it("does not take another order of the carriers for a change", () => {
    expect(patchOf(stored, settingsOf({ ...draft, carriers: [...draft.carriers].reverse() }))).toEqual({});
  });

  it("says what is wrong, and at which field", () => {
    expect(wrongIn(draft)).toBeNull();
    expect(wrongIn({ ...draft, custom_status: true, imported_status: " " })?.field).toBe("imported_status");
    const twice = [...draft.carriers, { row: 7, name: "dhl ", amazon: "GLS" }];
    expect(wrongIn({ ...draft, carriers: twice })).toEqual({
      field: "carriers#7",
      why: "settings.carrier_twice",
    });
    expect(wrongIn({ ...draft, carriers: [{ row: 0, name: "dhl", amazon: "" }] })?.why).toBe(
      "settings.carrier_missing",
    );
  });
});
