// Both languages say the same things, with the same values in them, and screens say nothing else.
import { expect, test } from "vitest";

import en from "./en.json";
import it from "./it.json";

const sources = import.meta.glob<string>("../**/*.{ts,tsx}", {
  query: "?raw",
  import: "default",
  eager: true,
});
const files = Object.entries(sources).filter(([path]) => !path.endsWith(".test.ts"));
const italian: Record<string, string> = it;

/** Names of the values in a message: `{count, plural, …}` and `{name}`, not the words of a plural. */
const valuesOf = (message: string) =>
  [...new Set([...message.matchAll(/(?<!(?:one|other|=\d) )\{(\w+)[,}]/g)].map(([, name]) => name))].sort();

test("every message is there in both languages, in the same order", () => {
  expect(Object.keys(it)).toEqual(Object.keys(en));
});

test("every message has the same values in both languages", () => {
  for (const [id, message] of Object.entries(en))
    expect({ id, values: valuesOf(italian[id] ?? "") }).toEqual({ id, values: valuesOf(message) });
});

test("no message is empty", () => {
  for (const [id, message] of [...Object.entries(en), ...Object.entries(it)])
    expect(message.trim(), id).not.toBe("");
});

test("every message is used", () => {
  const all = files.map(([, source]) => source).join("\n");
  // Ids that are put together: the part before the first value, as in `status.${status}`.
  const prefixes = [...all.matchAll(/`([\w.]+[._])\$\{/g)].map(([, prefix]) => prefix ?? "");
  const isUsed = (id: string) =>
    all.includes(`"${id}"`) || prefixes.some((prefix) => prefix.includes(".") && id.startsWith(prefix));
  expect(Object.keys(en).filter((id) => !isUsed(id))).toEqual([]);
});

test("screens hold no words of their own", () => {
  // Text between tags, but for the name of the program, which no language translates.
  const words = files
    .filter(([path]) => path.endsWith(".tsx"))
    .flatMap(([path, source]) =>
      [...source.matchAll(/<\/?[\w.]+(?:\s[^<>]*)?>\s*([^<>{}()=;]*[A-Za-z]{2}[^<>{}()=;]*)<\//g)]
        .map(([, text]) => `${path}: ${text?.trim()}`)
        .filter((found) => !found.endsWith(": Fairway")),
    );
  expect(words).toEqual([]);
});
