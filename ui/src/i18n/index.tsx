// English and Italian. Every text of a screen is a message; npm test fails for one that a language lacks.
import { createContext, type ReactNode, useContext, useMemo, useState } from "react";
import { IntlProvider, useIntl } from "react-intl";

import { setLanguage as setServerLanguage } from "../api/client";
import en from "./en.json";
import it from "./it.json";

export type MessageId = keyof typeof en;
export type Language = "en" | "it";
const messages: Record<Language, Record<MessageId, string>> = { en, it };
/** Dates and numbers: European order for both. */
export const locales: Record<Language, string> = { en: "en-GB", it: "it-IT" };

const kStored = "fairway.language";

export function isLanguage(value: unknown): value is Language {
  return value === "en" || value === "it";
}

/** What was chosen in this browser before anybody signed in; null if nothing was. */
export function languageBeforeSignIn(): Language | null {
  const stored = localStorage.getItem(kStored);
  return isLanguage(stored) ? stored : null;
}

function initialLanguage(): Language {
  return languageBeforeSignIn() ?? (navigator.language.startsWith("it") ? "it" : "en");
}

interface Choice {
  language: Language;
  show: (next: Language) => void;
  /** For pages before sign-in: there is no other place to keep it than the browser. */
  showAndStore: (next: Language) => void;
}

const LanguageContext = createContext<Choice>({ language: "en", show: () => {}, showAndStore: () => {} });
export const useLanguage = () => useContext(LanguageContext);

export function Languages({ children }: { children: ReactNode }) {
  const [language, show] = useState<Language>(initialLanguage);
  setServerLanguage(language);
  document.documentElement.lang = language;
  const value = useMemo(
    () => ({
      language,
      show,
      showAndStore: (next: Language) => {
        localStorage.setItem(kStored, next);
        show(next);
      },
    }),
    [language],
  );
  return (
    <LanguageContext value={value}>
      <IntlProvider locale={locales[language]} messages={messages[language]} defaultLocale="en-GB">
        {children}
      </IntlProvider>
    </LanguageContext>
  );
}

/** The text of a message in the reader's language. */
export function useText() {
  const intl = useIntl();
  return (id: MessageId, values?: Record<string, string | number | Date>) =>
    intl.formatMessage({ id }, values) as string;
}
