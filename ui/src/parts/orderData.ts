// One Amazon order as the server has it, wherever it is shown, and what is asked about it.
import { type InfiniteData, type QueryClient, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";

import { api, body } from "../api/client";
import { useLanguage, useText } from "../i18n";
import { ordersKey } from "../shell/LiveEvents";
import { messagesKey } from "../shell/Messages";
import { useChange } from "./change";
import type { AmazonOrder } from "./orders";
import type { Page } from "./pages";
import { refreshed } from "./refreshed";

/** Lists that keep their rows where they are. */
export const gridKey = [...ordersKey, "grid"];
export const amazonOrderKey = (store: string, id: string) => [...ordersKey, "one", store, id];

export const rowId = (order: Pick<AmazonOrder, "store" | "amazon_order_id">) =>
  `${order.store}/${order.amazon_order_id}`;

/** What may look different once something about the order was done. */
export const touches = [ordersKey, messagesKey, ["commands"], ["dashboard"], ["attention"], ["stores"]];

const read = (store: string, amazon_order_id: string, personal_data: boolean) =>
  body(
    api.GET("/api/v1/amazon-orders/{store}/{amazon_order_id}", {
      params: { path: { store, amazon_order_id }, query: { personal_data } },
    }),
  );

/** Without personal data, which is shown when somebody asks for it. */
export function useAmazonOrder(store: string, id: string) {
  const { language } = useLanguage();
  const queryClient = useQueryClient();
  const order = useQuery({
    queryKey: [...amazonOrderKey(store, id), language],
    queryFn: () => read(store, id, false),
  });
  const { data } = order;
  // A grid that one goes back to shows the order as it was seen last.
  useEffect(() => {
    if (data !== undefined) replaceInGrids(queryClient, [data]);
  }, [data, queryClient]);
  return order;
}

/** With the personal data that this person may see. Each reading is recorded, so nothing reads it by itself. */
export function useRevealed(store: string, id: string, isAsked: boolean) {
  const { language } = useLanguage();
  return useQuery({
    queryKey: [...ordersKey, "own", "revealed", store, id, language],
    queryFn: () => read(store, id, true),
    enabled: isAsked,
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnWindowFocus: false,
    // Gone from this browser's memory with the page.
    gcTime: 0,
  });
}

export function useRetry(order: AmazonOrder) {
  const text = useText();
  return useChange<void, AmazonOrder>({
    call: () =>
      body(
        api.POST("/api/v1/amazon-orders/{store}/{amazon_order_id}/retry", {
          params: { path: { store: order.store, amazon_order_id: order.amazon_order_id } },
        }),
      ),
    touches,
    done: (after) =>
      text(after.block === null ? "order.retried" : "order.still_blocked", { number: after.amazon_order_id }),
  });
}

type Pages = InfiniteData<Page<AmazonOrder>, string | undefined>;

/** Puts orders in the place of their earlier selves, in every grid that has them. */
export function replaceInGrids(queryClient: QueryClient, fresh: readonly AmazonOrder[]) {
  const byId = new Map(fresh.map((order) => [rowId(order), order]));
  const replace = (row: AmazonOrder) => {
    const order = byId.get(rowId(row));
    return order === undefined ? row : refreshed(row, order);
  };
  for (const query of queryClient.getQueryCache().findAll({ queryKey: gridKey }))
    queryClient.setQueryData<Pages>(
      query.queryKey,
      (data) =>
        data && { ...data, pages: data.pages.map((page) => ({ ...page, items: page.items.map(replace) })) },
      // The list as a whole is as old as it was.
      { updatedAt: query.state.dataUpdatedAt },
    );
}
