import { Provider } from "@react-spectrum/s2";
import { Outlet, useRouter } from "@tanstack/react-router";

import { locales, useLanguage } from "../i18n";

/** Spectrum's widgets in the reader's language; their links go through our router. */
export function Root() {
  const { language } = useLanguage();
  const router = useRouter();
  return (
    <Provider
      locale={locales[language]}
      background="layer-1"
      elementType="div"
      router={{
        navigate: (to) => void router.navigate({ href: String(to) }),
        useHref: (to) => String(to),
      }}
    >
      <Outlet />
    </Provider>
  );
}
