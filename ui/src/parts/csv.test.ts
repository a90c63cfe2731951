import { expect, test } from "vitest";

import { csvText } from "./csv";

test("cells are quoted where they must be", () => {
  expect(
    csvText(
      ["name", "note"],
      [
        ["Anna", 'a "b", c'],
        ["two\nlines", ""],
      ],
    ),
  ).toBe('\uFEFFname,note\r\nAnna,"a ""b"", c"\r\n"two\nlines",\r\n');
});

test("no cell is a formula", () => {
  const [, ...rows] = csvText(["x"], [["=1+1"], ["+39"], ["-1"], ["@a"], ["\t=1"], ["a=1"]]).split("\r\n");
  expect(rows).toEqual(["'=1+1", "'+39", "'-1", "'@a", "'\t=1", "a=1", ""]);
});
