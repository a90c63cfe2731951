import { expect, test } from "vitest";

import { actions, actionWords, actorOf, actorText, detailWords } from "./auditWords";

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

test("rights that were given or taken have their words", () => {
  const fields = actionWords("change user: role viewer to operator, buyer data on, disabled")?.fields;
  expect(fields).toEqual(["role viewer to operator", "buyer data on", "disabled"]);
  expect(fields?.map((field) => detailWords(field)?.id)).toEqual([
    "audit_detail.role_changed",
    "audit_detail.buyer_data_on",
    "audit_detail.disabled",
  ]);
  expect(detailWords("role viewer to operator")?.params).toEqual({ before: "viewer", after: "operator" });
  expect(
    actionWords("create token: administrator, buyer data")?.fields.map((each) => detailWords(each)?.id),
  ).toEqual(["role.administrator", "audit_detail.buyer_data"]);
  expect(detailWords("look_back_days=3")).toBeNull();
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
