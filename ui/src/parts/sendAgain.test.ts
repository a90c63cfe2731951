import { expect, test } from "vitest";

import type { Schemas } from "../api/client";
import { maySendAgain } from "./sendAgain";

const command = (state: string, code: string | null) => ({ state, code }) as Schemas["Command"];

test("only what Amazon refused is sent again, and not what was cancelled", () => {
  expect(maySendAgain(command("rejected", "amazon_refused"))).toBe(true);
  expect(maySendAgain(command("rejected", null))).toBe(true);
  expect(maySendAgain(command("rejected", "order_cancelled"))).toBe(false);
  expect(maySendAgain(command("rejected", "units_cancelled"))).toBe(false);
  expect(maySendAgain(command("queued", null))).toBe(false);
});
