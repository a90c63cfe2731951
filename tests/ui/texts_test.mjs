// Every text of the screens is a message, in both languages, and every message is used.
import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { test } from "node:test";

import { checker, files, placeOf, problemCodes, ts, visit } from "./source.mjs";
import { fromUi, messages, ui } from "./texts.mjs";

const { parse, TYPE } = fromUi("@formatjs/icu-messageformat-parser");
const keys = Object.keys(messages.en);
const words = (text) => text.trim().split(/\s+/);

// ---- the files of messages

/** Names and kinds of a message's arguments, such as "count plural" or "name argument". */
function argumentsOf(elements) {
  const kinds = Object.fromEntries(Object.entries(TYPE).map(([kind, value]) => [value, kind]));
  return elements.flatMap((element) => {
    if (element.type === TYPE.literal || element.type === TYPE.pound) return [];
    const inner = Object.values(element.options ?? {}).flatMap((option) => argumentsOf(option.value));
    return [`${element.value} ${kinds[element.type]}`, ...inner];
  });
}
const signatureOf = (message) => [...new Set(argumentsOf(parse(message)))].sort();

test("both languages have the same messages", () => {
  assert.deepEqual(Object.keys(messages.it).sort(), [...keys].sort());
});

test("a message takes the same arguments in both languages", () => {
  for (const key of keys) assert.deepEqual(signatureOf(messages.it[key]), signatureOf(messages.en[key]), key);
});

/** Names, words that both languages have, and what is only put together. */
const kSame = words(`
  audit_actor.fairway back_end.magento compare.amazon dashboard.seller_central engine.postgresql engine.sqlite
  fulfilled_by.amazon me.language_en me.language_it nav.group_service order.seller_central
  origin.amazon origin.fairway settings.group_shop

  answer.no connect.client_secret connect.refresh_token listings.asin me.browser me.password
  nav.open sign_in.password store_new.back_end store_new.marketplace stores.back_end
  stores.marketplace system.database system.engine system.schema tokens.shown_once
  tokens.token users.link work.export

  attention.tab_at_least attention.tab_count bulk.failure comments.by filter.chip
  listings.times nav.waiting quantity.of store_new.marketplace_choice store_new.step
`);

test("Italian is not English", () => {
  const same = keys.filter((key) => messages.it[key] === messages.en[key]);
  assert.deepEqual(same.sort(), kSame.sort());
});

// ---- which messages the screens use

const isMessageId = (type) =>
  type !== undefined && type.isUnion?.() && type.types.some((each) => each.value === "nav.label");

/** All texts that an expression of a closed type can be; null if it can be any. */
function valuesOf(expression) {
  const type = checker.getTypeAtLocation(expression);
  const types = type.isUnion() ? type.types : [type];
  const constraint = type.isTypeParameter?.() ? checker.getBaseConstraintOfType(type) : undefined;
  const all = constraint?.isUnion() ? constraint.types : constraint ? [constraint] : types;
  return all.every((each) => each.isStringLiteral()) ? all.map((each) => each.value) : null;
}

/** What a template can be: texts, and patterns for what is open. */
function expand(template) {
  let texts = [template.head.text];
  let isOpen = false;
  for (const span of template.templateSpans) {
    const values = valuesOf(span.expression);
    isOpen ||= values === null;
    texts = texts.flatMap((text) => (values ?? ["\u0000"]).map((value) => text + value + span.literal.text));
  }
  return { texts, isOpen };
}

/** Whether the place wants a message's key, or a cast says that it is one. */
function isKey(node) {
  if (ts.isAsExpression(node.parent)) return isMessageId(checker.getTypeAtLocation(node.parent));
  return isMessageId(checker.getContextualType(node));
}

function findKeys() {
  const used = new Set();
  const unknown = [];
  const open = [];
  for (const file of files)
    visit(file, (node) => {
      if (ts.isStringLiteralLike(node) && node.text in messages.en) used.add(node.text);
      if (!ts.isTemplateExpression(node)) return;
      const { texts, isOpen } = expand(node);
      if (isOpen) return void open.push({ node, texts });
      for (const text of texts) {
        if (text in messages.en) used.add(text);
        else if (isKey(node)) unknown.push(`${placeOf(node)}: ${text}`);
      }
    });
  return { used, unknown, open };
}
const found = findKeys();

/** Keys that a template with an open part stands for, if it names a family of messages. */
function keysOf({ texts }) {
  const [text] = texts;
  if (!/^\w+\./.test(text)) return [];
  const pattern = new RegExp(`^${text.split("\u0000").map(RegExp.escape).join("[^.]+")}$`);
  return keys.filter((key) => pattern.test(key));
}

test("every message that a screen asks for exists", () => {
  assert.deepEqual(found.unknown, []);
  const empty = found.open.filter((each) => isKey(each.node) && keysOf(each).length === 0);
  // A prefix that comes as a parameter is closed where it is given.
  const strange = empty.filter(({ texts }) => /^\w+\./.test(texts[0]));
  assert.deepEqual(
    strange.map(({ node }) => placeOf(node)),
    [],
  );
});

test("every message is used by a screen", () => {
  const used = new Set([...found.used, ...found.open.flatMap(keysOf)]);
  assert.deepEqual(
    keys.filter((key) => !used.has(key)),
    [],
  );
});

/** Problems that the page itself makes. */
const kOwnProblems = ["unreachable"];

test("every problem that has a message can happen", () => {
  const codes = problemCodes();
  for (const code of kOwnProblems) codes.add(code);
  const texts = keys.filter((key) => key.startsWith("problem.") && key !== "problem.heading");
  assert.deepEqual(
    texts.filter((key) => !codes.has(key.slice("problem.".length))),
    [],
  );
});

/** Problems without a message, by why no person reads them. */
const kWithoutMessage = {
  "the screens never ask in such a way": words(`
    cursor_invalid filter_repeated filter_unknown idempotency_key_invalid idempotency_key_reused
    json_malformed json_too_large limit_invalid list_unknown media_type_unknown preferences_invalid
    preferences_personal setting_unknown unknown_member wrong_time wrong_type
  `),
  "only programs have tokens": ["token_unknown"],
  "the stream of events is asked for again by itself": ["too_many_streams"],
};

test("every problem has a message, unless nobody reads it", () => {
  const without = [...problemCodes()].filter((code) => !keys.includes(`problem.${code}`));
  assert.deepEqual(without.sort(), Object.values(kWithoutMessage).flat().sort());
});

/** Actions of the audit trail, as the server's sources and the interface name them. */
function auditedActions() {
  const sources = new URL("../src/", ui);
  const texts = globSync("**/*.cpp", { cwd: sources })
    .filter((file) => !file.endsWith("_test.cpp"))
    .map((file) => readFileSync(new URL(file, sources), "utf8"));
  const calls = texts.flatMap((text) => text.match(/write_audit\([^;]*;/g) ?? []);
  // What stands after a colon says more of it.
  const literals = calls.flatMap((call) =>
    [...call.matchAll(/"([a-z][a-z -]+)(?:: [^"]*)?"/g)].map(([, each]) => each),
  );
  const purposes = texts.flatMap((text) => [...text.matchAll(/\.purpose = "([a-z ]+)"/g)]);
  const refusals = purposes.flatMap(([, purpose]) => [`refuse ${purpose}`, `lock ${purpose}`]);
  const others = ["cli", "fairway", "database", "token name"];
  return new Set([...literals, ...refusals].filter((each) => !others.includes(each)));
}

test("every action of the audit trail has its words", () => {
  const slugs = [...auditedActions()].map((action) => action.replaceAll(/[^a-z]+/g, "_"));
  assert.ok(slugs.length > 20, "the sources were not found");
  assert.deepEqual(
    slugs.filter((slug) => !keys.includes(`audit_action.${slug}`)),
    [],
  );
});

// ---- no text outside of them

/** Attributes whose text a person reads or hears. */
const kTextAttributes = new Set(
  words(`
    alt aria-description aria-label aria-placeholder aria-roledescription aria-valuetext cancelLabel children
    contextualHelp description errorMessage groupActionLabel heading help label name placeholder
    primaryActionLabel secondaryActionLabel submit text textValue title valueLabel
  `),
);
/** The product's name, and what stands in both languages for "nothing" or between two things. */
const kSymbols = new Set(["Fairway", "–", "·", "×", "-", ",", ", ", " ", ""]);

const isSpoken = (text) => /\p{L}/u.test(text) && !kSymbols.has(text.trim());

/** Literals that an expression can become, through its branches. */
function literalsOf(node) {
  if (ts.isStringLiteralLike(node)) return [node];
  if (ts.isTemplateExpression(node)) return [node.head, ...node.templateSpans.map((span) => span.literal)];
  if (ts.isConditionalExpression(node)) return [...literalsOf(node.whenTrue), ...literalsOf(node.whenFalse)];
  if (ts.isParenthesizedExpression(node) || ts.isJsxExpression(node) || ts.isAsExpression(node))
    return node.expression === undefined ? [] : literalsOf(node.expression);
  if (ts.isBinaryExpression(node)) return [...literalsOf(node.left), ...literalsOf(node.right)];
  return [];
}

/** Literals that are compared and not shown do not count. */
const isCompared = (node) =>
  ts.isBinaryExpression(node.parent) && /^[=!]==?$/.test(node.parent.operatorToken.getText());

/** Fields and choices have names that nobody sees. */
const isIdentifier = (name, literal) => name === "name" && /^\w+$/.test(literal.text);

function spokenIn(node) {
  if (ts.isJsxText(node)) return [node];
  if (ts.isJsxExpression(node) && (ts.isJsxElement(node.parent) || ts.isJsxFragment(node.parent)))
    return literalsOf(node);
  if (!ts.isJsxAttribute(node) || node.initializer === undefined) return [];
  const name = node.name.getText();
  if (!kTextAttributes.has(name)) return [];
  return literalsOf(node.initializer).filter((literal) => !isIdentifier(name, literal));
}

/** Text as a sentence or a heading has it, wherever it stands. */
const isSentence = (text) => /^\p{Lu}\p{Ll}+( \p{L}+)+/u.test(text);
/** What stands in the sources as the interface says it, or for developers. */
const isNoSentence = (node) =>
  ts.isImportDeclaration(node.parent) ||
  (ts.isNewExpression(node.parent) && node.parent.expression.getText() === "Error");
/** A status of the interface, and carriers. */
const kNames = new Set([
  "On Hold",
  "Amazon Shipping",
  "La Poste",
  "Mondial Relay",
  "Poste Italiane",
  "Royal Mail",
]);

test("no text stands outside of the messages", () => {
  const spoken = [];
  for (const file of files)
    visit(file, (node) => {
      for (const literal of spokenIn(node))
        if (isSpoken(literal.text) && !isCompared(literal))
          spoken.push(`${placeOf(literal)}: ${literal.text.trim()}`);
      if (
        ts.isStringLiteralLike(node) &&
        isSentence(node.text) &&
        !isNoSentence(node) &&
        !kNames.has(node.text)
      )
        spoken.push(`${placeOf(node)}: ${node.text}`);
    });
  assert.deepEqual([...new Set(spoken)], []);
});
