import { beforeEach, expect, test, vi } from "vitest";

import { readStored, store } from "./stored";

const kept = new Map<string, string>();
beforeEach(() => {
  kept.clear();
  vi.stubGlobal("sessionStorage", {
    getItem: (name: string) => kept.get(name) ?? null,
    setItem: (name: string, value: string) => kept.set(name, value),
    removeItem: (name: string) => kept.delete(name),
  });
});

const isText = (value: unknown): value is string => typeof value === "string";

test("what was stored is read again until it is taken away", () => {
  store("work", "sy_1");
  expect(readStored("work", isText)).toBe("sy_1");
  store("work", null);
  expect(readStored("work", isText)).toBeNull();
});

test("what is no such thing, or cannot be read, is nothing", () => {
  store("work", 3);
  expect(readStored("work", isText)).toBeNull();
  kept.set("work", "{");
  expect(readStored("work", isText)).toBeNull();
});
