// The rows of the grid. They stay where they are while orders change: new ones are counted, changed ones are
// read again one by one and replaced in their place.
import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useEffectEvent, useState } from "react";

import { api, body } from "../../api/client";
import { useLanguage } from "../../i18n";
import type { News } from "../../parts/NewOrders";
import { gridKey, replaceInGrids, rowId } from "../../parts/orderData";
import type { AmazonOrder } from "../../parts/orders";
import { usePages } from "../../parts/pages";
import type { OrderFilters } from "../../routes";
import { eventsSince, type OrderEvent, useOrderEvents } from "../../shell/LiveEvents";
import { toQuery } from "./filterValues";
import { summaryKey } from "./summary";

/** More changes than this at once, and one reading of the list is cheaper. */
const kSingleMax = 20;
export const kSortAtFirst = "-purchased_at";

/** Without personal data: it does not change, and a row that shows it keeps what it shows. */
function readOrder(event: OrderEvent): Promise<AmazonOrder | null> {
  const path = { store: event.store, amazon_order_id: event.amazon_order_id };
  const params = { path, query: { personal_data: false } };
  return body(api.GET("/api/v1/amazon-orders/{store}/{amazon_order_id}", { params })).catch(() => null);
}

interface RowsOptions {
  /** With names and addresses; each reading of them is recorded. */
  isPersonal: boolean;
  isReturn: boolean;
}

export function useRows(filters: OrderFilters, { isPersonal, isReturn }: RowsOptions) {
  const { language } = useLanguage();
  const queryKey = [...gridKey, filters, isPersonal, language];
  const pages = usePages<AmazonOrder>(
    queryKey,
    (page) => {
      const query = { sort: kSortAtFirst, ...toQuery(filters), ...page, personal_data: isPersonal };
      return body(api.GET("/api/v1/amazon-orders", { params: { query: query as never } }));
    },
    { isReturn },
  );
  return { ...pages, queryKey };
}

/** What happened since the list was read. */
export function useNews(filters: OrderFilters, pages: ReturnType<typeof useRows>): News {
  const queryClient = useQueryClient();
  const { queryKey, items, query } = pages;
  const list = JSON.stringify(queryKey);
  const [news, setNews] = useState({ list, ids: new Set<string>(), isStale: false });
  // Another list begins without news.
  const now = news.list === list ? news : { list, ids: new Set<string>(), isStale: false };
  const update = (ids: Iterable<string>, isStale: boolean) =>
    setNews({ list, ids: new Set([...now.ids, ...ids]), isStale: now.isStale || isStale });
  const take = (events: readonly OrderEvent[] | null) => {
    if (events === null) return update([], true);
    const shown = new Set(items.map(rowId));
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
        replaceInGrids(
          queryClient,
          orders.filter((order) => order !== null),
        ),
      );
  };
  useOrderEvents(take);
  useMissed(query.dataUpdatedAt, take);
  return {
    orders: now.ids.size,
    isStale: now.isStale,
    show: () => {
      setNews({ list, ids: new Set(), isStale: false });
      void queryClient.resetQueries({ queryKey, exact: true });
      void queryClient.invalidateQueries({ queryKey: summaryKey });
    },
  };
}

/** Rows that one comes back to missed what happened meanwhile. */
function useMissed(readAt: number, take: (events: readonly OrderEvent[] | null) => void) {
  const catchUp = useEffectEvent(() => {
    if (readAt === 0) return;
    const missed = eventsSince(readAt);
    if (missed === null || missed.length > 0) take(missed);
  });
  useEffect(() => catchUp(), []);
}
