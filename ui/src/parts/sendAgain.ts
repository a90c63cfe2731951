import type { Schemas } from "../api/client";

/** What was cancelled meanwhile has nothing left to send: sent again it would be called off again. */
const kCalledOff: readonly (string | null)[] = ["order_cancelled", "units_cancelled"];

export const maySendAgain = ({ state, code }: Schemas["Command"]) =>
  state === "rejected" && !kCalledOff.includes(code);
