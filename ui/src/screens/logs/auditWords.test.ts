import { expect, test } from "vitest";

import { actions, actionWords, actorOf, actorText } from "./auditWords";

test("every action that is offered has its words, each its own", () => {
  const ids = actions.map((action) => actionWords(action)?.id);
  expect(ids).not.toContain(undefined);
  expect(new Set(ids).size).toBe(actions.length);
});

test("what a repair changed is told beside it, and unknown words stay as they are", () => {
  expect(actionWords("repair shipping address: city,country")).toEqual({
    id: "audit_action.repair_shipping_address_fields",
    fields: ["city", "country"],
  });
  expect(actionWords("repair shipping address")?.id).toBe("audit_action.repair_shipping_address");
  expect(actionWords("sign in: from 2001:db8::/64")).toEqual({
    id: "audit_action.sign_in_from",
    fields: ["2001:db8::/64"],
  });
  expect(actionWords("something new")).toBeNull();
});

test("people and tokens are called by their names", () => {
  expect(actorOf("user:us_1 (Anna (office))")).toEqual({ kind: "person", name: "Anna (office)" });
  expect(actorOf("token:tk_3 (laptop)")).toEqual({ kind: "token", name: "laptop" });
  expect(actorOf("cli")).toEqual({ kind: "cli" });
  expect(actorOf("address:2001:db8::/64")).toEqual({ kind: "address", name: "2001:db8::/64" });
  expect(actorOf("somebody")).toEqual({ kind: "other" });
  expect(actorOf(actorText("token", { id: "tk_3", name: "laptop" }))).toEqual({
    kind: "token",
    name: "laptop",
  });
});
