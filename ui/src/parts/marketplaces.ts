// Amazon's marketplaces, as the server knows them, and the countries they are for.
import { useQuery } from "@tanstack/react-query";
import { useIntl } from "react-intl";

import { api, body, type Schemas } from "../api/client";

export type Marketplace = Schemas["Marketplace"];

const kAll = 200;

export function useMarketplaces() {
  return useQuery({
    queryKey: ["marketplaces"],
    queryFn: () => body(api.GET("/api/v1/marketplaces", { params: { query: { limit: kAll } } })),
    // They are part of the program.
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/** Amazon says UK where ISO says GB. */
const isoOf = (country: string) => (country === "UK" ? "GB" : country);

export function useCountryName() {
  const intl = useIntl();
  return (country: string) =>
    new Intl.DisplayNames(intl.locale, { type: "region", fallback: "code" }).of(isoOf(country)) ?? country;
}
