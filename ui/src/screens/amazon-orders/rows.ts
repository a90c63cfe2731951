// The rows of the grid. They stay where they are while orders change: new ones are counted, changed ones are
// read again one by one and replaced in their place.
import { type InfiniteData, keepPreviousData, useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";

import { api, body } from "../../api/client";
import { useLanguage } from "../../i18n";
import type { News } from "../../parts/NewOrders";
import type { AmazonOrder } from "../../parts/orders";
import type { OrderFilters } from "../../routes";
import { type OrderEvent, ordersKey, useOrderEvents } from "../../shell/LiveEvents";
import { toQuery } from "./filterValues";

const kPage = 100;
/** More changes than this at once, and one reading of the list is cheaper. */
const kSingleMax = 20;
export const kSortAtFirst = "-purchased_at";

interface Page {
  items: AmazonOrder[];
  next: string | null;
}
type Pages = InfiniteData<Page, string | undefined>;

export const rowId = (order: Pick<AmazonOrder, "store" | "amazon_order_id">) =>
  `${order.store}/${order.amazon_order_id}`;

function readOrder(event: OrderEvent): Promise<AmazonOrder | null> {
  const path = { store: event.store, amazon_order_id: event.amazon_order_id };
  return body(api.GET("/api/v1/amazon-orders/{store}/{amazon_order_id}", { params: { path } })).catch(
    () => null,
  );
}

export function useRows(filters: OrderFilters) {
  const { language } = useLanguage();
  const queryKey = [...ordersKey, "grid", filters, language];
  const query = useInfiniteQuery({
    queryKey,
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam }) =>
      body(
        api.GET("/api/v1/amazon-orders", {
          params: {
            query: {
              sort: kSortAtFirst,
              ...toQuery(filters),
              limit: kPage,
              ...(pageParam !== undefined && { after: pageParam }),
            } as never,
          },
        }),
      ),
    getNextPageParam: (page: Page) => page.next ?? undefined,
    // Filtering leaves no blank table while the server answers.
    placeholderData: keepPreviousData,
    // Coming back to the window must not move rows; coming back to the screen begins anew.
    refetchOnWindowFocus: false,
    refetchOnMount: "always",
  });
  return { query, queryKey, rows: query.data?.pages.flatMap((page) => page.items) ?? [] };
}

/** Puts orders in the place of their earlier selves. */
export function useReplace(queryKey: readonly unknown[]) {
  const queryClient = useQueryClient();
  return (fresh: readonly AmazonOrder[]) => {
    const byId = new Map(fresh.map((order) => [rowId(order), order]));
    const replace = (order: AmazonOrder) => byId.get(rowId(order)) ?? order;
    queryClient.setQueryData<Pages>(
      queryKey,
      (data) =>
        data && { ...data, pages: data.pages.map((page) => ({ ...page, items: page.items.map(replace) })) },
    );
  };
}

/** What happened since the list was read. */
export function useNews(filters: OrderFilters, queryKey: readonly unknown[], rows: AmazonOrder[]): News {
  const queryClient = useQueryClient();
  const replace = useReplace(queryKey);
  const list = JSON.stringify(queryKey);
  const [news, setNews] = useState({ list, ids: new Set<string>(), isStale: false });
  // Another list begins without news.
  const now = news.list === list ? news : { list, ids: new Set<string>(), isStale: false };
  const update = (ids: Iterable<string>, isStale: boolean) =>
    setNews({ list, ids: new Set([...now.ids, ...ids]), isStale: now.isStale || isStale });
  useOrderEvents((events) => {
    if (events === null) return update([], true);
    const shown = new Set(rows.map(rowId));
    const latest = new Map(events.map((event) => [rowId(event), event]));
    const added = events.filter(
      (event) =>
        event.codes.includes("history.order_seen") &&
        !shown.has(rowId(event)) &&
        (filters.store === undefined || filters.store === event.store),
    );
    const changed = [...latest.values()].filter((event) => shown.has(rowId(event)));
    const isTooMuch = changed.length > kSingleMax;
    if (added.length > 0 || isTooMuch) update(added.map(rowId), isTooMuch);
    if (changed.length > 0 && !isTooMuch)
      void Promise.all(changed.map(readOrder)).then((orders) =>
        replace(orders.filter((order) => order !== null)),
      );
  });
  return {
    orders: now.ids.size,
    isStale: now.isStale,
    show: () => {
      setNews({ list, ids: new Set(), isStale: false });
      void queryClient.resetQueries({ queryKey, exact: true });
    },
  };
}
