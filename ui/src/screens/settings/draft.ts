// What stands in the form of a store's settings, and the difference to what is stored.
import type { Schemas } from "../../api/client";

export type Settings = Schemas["StoreSettings"];

export interface Carrier {
  /** Tells rows apart while their names are being typed. */
  row: number;
  name: string;
  amazon: string;
}

export interface Draft extends Omit<Settings, "carriers" | "imported_status" | "store_view"> {
  store_view: string;
  custom_status: boolean;
  imported_status: string;
  carriers: readonly Carrier[];
}

export function draftOf(settings: Settings): Draft {
  return {
    ...settings,
    store_view: settings.store_view ?? "",
    custom_status: settings.imported_status !== null,
    imported_status: settings.imported_status ?? "",
    carriers: Object.entries(settings.carriers).map(([name, amazon], row) => ({ row, name, amazon })),
  };
}

export function settingsOf(draft: Draft): Settings {
  const { custom_status, ...rest } = draft;
  return {
    ...rest,
    store_view: draft.store_view.trim() === "" ? null : draft.store_view.trim(),
    imported_status: custom_status ? draft.imported_status.trim() : null,
    carriers: Object.fromEntries(draft.carriers.map(({ name, amazon }) => [name.trim(), amazon.trim()])),
  };
}

/** Only what changed; a carrier that is gone is removed with null. */
export function patchOf(before: Settings, after: Settings): Record<string, unknown> {
  const patch: Record<string, unknown> = {};
  for (const key of Object.keys(after) as (keyof Settings)[]) {
    if (JSON.stringify(before[key]) === JSON.stringify(after[key])) continue;
    patch[key] = after[key];
  }
  if ("carriers" in patch) {
    const gone = Object.keys(before.carriers).filter((name) => !(name in after.carriers));
    const changed = Object.entries(after.carriers).filter(([name, code]) => before.carriers[name] !== code);
    patch.carriers = Object.fromEntries([...gone.map((name) => [name, null]), ...changed]);
    if (gone.length + changed.length === 0) delete patch.carriers;
  }
  return patch;
}

export type Wrong = "settings.status_missing" | "settings.carrier_missing" | "settings.carrier_twice";

/** What is wrong before the server is asked: the field and why. */
export function wrongIn(draft: Draft): { field: string; why: Wrong } | null {
  if (draft.custom_status && draft.imported_status.trim() === "")
    return { field: "imported_status", why: "settings.status_missing" };
  const names = new Set<string>();
  for (const { row, name, amazon } of draft.carriers) {
    if (name.trim() === "" || amazon.trim() === "")
      return { field: `carriers#${row}`, why: "settings.carrier_missing" };
    if (names.has(name.trim())) return { field: `carriers#${row}`, why: "settings.carrier_twice" };
    names.add(name.trim());
  }
  return null;
}
