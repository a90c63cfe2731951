// The language of who is signed in. It is kept with the person's other preferences, for every browser.
import { useEffect } from "react";

import { isLanguage, type Language, languageBeforeSignIn, useLanguage } from "../i18n";
import { usePreference } from "../parts/preferences";

export function useOwnLanguage() {
  const { language, show } = useLanguage();
  const { value, keep } = usePreference<Language>("language");
  return {
    language,
    choose: (next: Language) => {
      show(next);
      // If it cannot be kept it holds as long as this page.
      void keep(next).catch(() => {});
    },
    kept: isLanguage(value) ? value : null,
  };
}

/** Shows the language that the person chose; what was chosen at sign-in becomes the person's first choice. */
export function useLanguageOfPerson() {
  const { show } = useLanguage();
  const { isKnown, value, keep } = usePreference<Language>("language");
  useEffect(() => {
    if (!isKnown) return;
    const before = languageBeforeSignIn();
    if (isLanguage(value)) show(value);
    else if (before !== null) void keep(before).catch(() => {});
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- keep is another function each time
  }, [isKnown, value, show]);
}
