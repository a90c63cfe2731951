// What the screens say, by the keys of their message files: a walk is written once for both languages.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

export const ui = new URL("../../ui/", import.meta.url);
/** What the screens are built with is at hand here, too. */
export const fromUi = createRequire(new URL("package.json", ui));
const { IntlMessageFormat } = fromUi("intl-messageformat");

export const languages = ["en", "it"];
export const locales = { en: "en-GB", it: "it-IT" };
export const messages = Object.fromEntries(
  languages.map((language) => [
    language,
    JSON.parse(readFileSync(new URL(`src/i18n/${language}.json`, ui), "utf8")),
  ]),
);

/** text("order.title", { number }) in one language; an unknown key is an error of the walk. */
export const textsOf = (language) => (key, values) => {
  const message = messages[language][key];
  if (message === undefined) throw new Error(`no message "${key}"`);
  return new IntlMessageFormat(message, locales[language]).format(values);
};
