import { expect, test, vi } from "vitest";

test("a time of this year goes without its year", async () => {
  vi.stubGlobal("window", { location: { origin: "http://127.0.0.1:8400" } });
  const { listTimeText } = await import("./format");
  const now = new Date(2026, 10, 27, 12, 0);
  const text = (time: Date, locale: string) => listTimeText(time, now, locale).replaceAll(/\s/g, " ");
  expect(text(new Date(2026, 0, 2, 9, 5), "en-GB")).toBe("2 Jan, 09:05");
  expect(text(new Date(2026, 0, 2, 9, 5), "it-IT")).toBe("2 gen, 09:05");
  expect(text(new Date(2025, 11, 31, 9, 5), "en-GB")).toBe("31 Dec 2025, 09:05");
  expect(text(new Date(2027, 0, 1, 9, 5), "it-IT")).toBe("1 gen 2027, 09:05");
});
