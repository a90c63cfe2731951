import { expect, test } from "vitest";

import { EventLog } from "./eventLog";

test("what happened since a moment is told, and nothing from before it", () => {
  const log = new EventLog<string>(100);
  log.add(["a"], 110);
  log.add(["b"], 120);
  expect(log.since(115)).toEqual(["b"]);
  expect(log.since(100)).toEqual(["a", "b"]);
  expect(log.since(121)).toEqual([]);
});

test("what nobody told, or was too much to keep, is said to be unknown", () => {
  const log = new EventLog<string>(100, 2);
  expect(log.since(99)).toBeNull();
  log.add(null, 110);
  expect([log.since(110), log.since(111)]).toEqual([null, []]);
  log.add(["a", "b"], 120);
  log.add(["c"], 130);
  expect([log.since(125), log.since(131)]).toEqual([null, []]);
});
