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

function initialLanguage(): Language {
  const stored = localStorage.getItem(kStored);
  if (stored === "en" || stored === "it") return stored;
  return navigator.language.startsWith("it") ? "it" : "en";
}

const LanguageContext = createContext<{ language: Language; choose: (next: Language) => void }>({
  language: "en",
  choose: () => {},
});
export const useLanguage = () => useContext(LanguageContext);

export function Languages({ children }: { children: ReactNode }) {
  const [language, setLanguage] = useState<Language>(initialLanguage);
  setServerLanguage(language);
  document.documentElement.lang = language;
  const value = useMemo(
    () => ({
      language,
      choose: (next: Language) => {
        localStorage.setItem(kStored, next);
        setLanguage(next);
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
