// Stores and accounts, asked for by several screens under the same keys.
import { useQuery } from "@tanstack/react-query";

import { api, body } from "../../api/client";
import { useLanguage } from "../../i18n";

/** More than any installation has on one page; the server's limit. */
const kAll = 200;

export function useStores() {
  return useQuery({
    queryKey: ["stores"],
    queryFn: () => body(api.GET("/api/v1/stores", { params: { query: { limit: kAll } } })),
  });
}

export function useAccounts() {
  return useQuery({
    queryKey: ["accounts"],
    queryFn: () => body(api.GET("/api/v1/accounts", { params: { query: { limit: kAll } } })),
  });
}

export function useStore(store: string) {
  return useQuery({
    queryKey: ["stores", store],
    queryFn: () => body(api.GET("/api/v1/stores/{store}", { params: { path: { store } } })),
  });
}

/** How often the figures on a store's card are read. Each time the answer holds recent orders, too. */
const kCountsMs = 60_000;

export function useStoreCounts(store: string) {
  return useQuery({
    queryKey: ["dashboard", "own", store],
    queryFn: () => body(api.GET("/api/v1/stores/{store}/dashboard", { params: { path: { store } } })),
    select: (dashboard) => dashboard.counts,
    staleTime: kCountsMs,
    refetchInterval: kCountsMs,
  });
}

export function useDashboard(store: string) {
  const { language } = useLanguage();
  return useQuery({
    queryKey: ["dashboard", store, language],
    queryFn: () => body(api.GET("/api/v1/stores/{store}/dashboard", { params: { path: { store } } })),
  });
}
