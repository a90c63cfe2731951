import { afterEach, beforeEach, expect, test, vi } from "vitest";

let client: typeof import("../api/client");
let untilFree: typeof import("./untilFree").untilFree;
beforeEach(async () => {
  vi.stubGlobal("window", { location: { origin: "http://127.0.0.1:8400" } });
  client = await import("../api/client");
  ({ untilFree } = await import("./untilFree"));
  vi.useFakeTimers();
});
afterEach(() => vi.useRealTimers());

const refuse = (status: number, code: string) => () =>
  Promise.reject(new client.Problem(status, code, "", null));

test("who meets somebody else is let in with a later try", async () => {
  const call = vi.fn().mockImplementationOnce(refuse(429, "sign_in_busy")).mockResolvedValue("in");
  const entry = untilFree(call);
  await vi.runAllTimersAsync();
  expect(await entry).toBe("in");
  expect(call).toHaveBeenCalledTimes(2);
});

test("it is given up after a while, and at once for another reason", async () => {
  for (const [code, calls] of [
    ["sign_in_busy", 6],
    ["sign_in_locked", 1],
  ] as const) {
    const call = vi.fn().mockImplementation(refuse(429, code));
    const entry = untilFree(call).catch((error: unknown) => error);
    await vi.runAllTimersAsync();
    expect(await entry).toMatchObject({ code });
    expect(call).toHaveBeenCalledTimes(calls);
  }
});
