import { expect, test } from "vitest";

import { changesOf, draftOf } from "./address";

const known = draftOf({ name: "A", line1: "Via Roma", postal_code: "20121", city: "Milano", country: "IT" });

test("only what changed is sent, and a field that was emptied is taken away", () => {
  expect(changesOf(known, known)).toEqual({});
  expect(changesOf(known, { ...known, line1: " Via Roma 1 ", city: "" })).toEqual({
    line1: "Via Roma 1",
    city: "",
  });
});

test("who does not see the address changes what they fill in", () => {
  const unseen = draftOf(null);
  expect(changesOf(unseen, { ...unseen, postal_code: "20121" })).toEqual({ postal_code: "20121" });
});
