// Amazon's marketplaces by region, as src/domain/marketplace.cpp knows them; the server checks what is chosen.
import { useIntl } from "react-intl";

export type Region = "na" | "eu" | "fe";

interface Marketplace {
  country: string;
  name: string;
}

export const marketplaces: Record<Region, readonly Marketplace[]> = {
  na: [
    { country: "CA", name: "Amazon.ca" },
    { country: "US", name: "Amazon.com" },
    { country: "MX", name: "Amazon.com.mx" },
    { country: "BR", name: "Amazon.com.br" },
  ],
  eu: [
    { country: "IE", name: "Amazon.ie" },
    { country: "ES", name: "Amazon.es" },
    { country: "UK", name: "Amazon.co.uk" },
    { country: "FR", name: "Amazon.fr" },
    { country: "BE", name: "Amazon.com.be" },
    { country: "NL", name: "Amazon.nl" },
    { country: "DE", name: "Amazon.de" },
    { country: "IT", name: "Amazon.it" },
    { country: "SE", name: "Amazon.se" },
    { country: "ZA", name: "Amazon.co.za" },
    { country: "PL", name: "Amazon.pl" },
    { country: "EG", name: "Amazon.eg" },
    { country: "TR", name: "Amazon.com.tr" },
    { country: "SA", name: "Amazon.sa" },
    { country: "AE", name: "Amazon.ae" },
    { country: "IN", name: "Amazon.in" },
  ],
  fe: [
    { country: "SG", name: "Amazon.sg" },
    { country: "AU", name: "Amazon.com.au" },
    { country: "JP", name: "Amazon.co.jp" },
  ],
};

/** Amazon says UK where ISO says GB. */
const isoOf = (country: string) => (country === "UK" ? "GB" : country);

/** The flag, drawn by the system's own font: two regional letters. */
export function flagOf(country: string): string {
  return String.fromCodePoint(...[...isoOf(country)].map((letter) => 0x1f1a5 + letter.charCodeAt(0)));
}

export function useCountryName() {
  const intl = useIntl();
  return (country: string) =>
    new Intl.DisplayNames(intl.locale, { type: "region", fallback: "code" }).of(isoOf(country)) ?? country;
}
