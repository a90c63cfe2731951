// Stores and accounts, asked for by several screens under the same keys.
import { useQuery } from "@tanstack/react-query";

import { api, body } from "../../api/client";
import { useLanguage } from "../../i18n";

/** More than any installation has on one page; the server's limit. */
const kAll = 200;
/** How often the figures of the stores are read anew; orders come faster than that. */
const kFiguresMs = 60_000;

export function useStores() {
  return useQuery({
    queryKey: ["stores", "own"],
    queryFn: () => body(api.GET("/api/v1/stores", { params: { query: { limit: kAll } } })),
    staleTime: kFiguresMs,
    refetchInterval: kFiguresMs,
  });
}

/** What a store is called; its id until that is known. */
export function useStoreName() {
  const stores = useStores().data?.items ?? [];
  return (id: string) => stores.find((each) => each.id === id)?.name ?? id;
}

export function useAccounts() {
  return useQuery({
    queryKey: ["accounts"],
    queryFn: () => body(api.GET("/api/v1/accounts", { params: { query: { limit: kAll } } })),
  });
}

/** What an account is called; its id until that is known. */
export function useAccountName() {
  const accounts = useAccounts().data?.items ?? [];
  return (id: string) => accounts.find((each) => each.id === id)?.name ?? id;
}

export function useStore(store: string) {
  return useQuery({
    queryKey: ["stores", "own", store],
    queryFn: () => body(api.GET("/api/v1/stores/{store}", { params: { path: { store } } })),
  });
}

const readDashboard = (store: string, personal_data: boolean) =>
  body(
    api.GET("/api/v1/stores/{store}/dashboard", { params: { path: { store }, query: { personal_data } } }),
  );

export function useDashboard(store: string) {
  const { language } = useLanguage();
  return useQuery({
    queryKey: ["dashboard", "live", store, language],
    queryFn: () => readDashboard(store, false),
  });
}

/** The buyers of the newest orders. Read when somebody asks, and by nothing else: each look is recorded. */
export function useRecentBuyers(store: string) {
  return useQuery({
    queryKey: ["dashboard", "own", "buyers", store],
    queryFn: async () => {
      const { recent_orders } = await readDashboard(store, true);
      return new Map(recent_orders.map(({ amazon_order_id, buyer }) => [amazon_order_id, buyer]));
    },
    enabled: false,
    staleTime: Number.POSITIVE_INFINITY,
    // Gone from this browser's memory with the page.
    gcTime: 0,
  });
}
