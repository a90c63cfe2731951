// One Amazon order as the server has it, and what is asked about it.
import { useQuery } from "@tanstack/react-query";

import { api, body } from "../../api/client";
import { useLanguage, useText } from "../../i18n";
import { useChange } from "../../parts/change";
import type { AmazonOrder } from "../../parts/orders";
import { ordersKey } from "../../shell/LiveEvents";
import { messagesKey } from "../../shell/Messages";
import { useStores } from "../stores/queries";

export const amazonOrderKey = (store: string, id: string) => [...ordersKey, "one", store, id];

/** What may look different once something about the order was done. */
export const touches = [ordersKey, messagesKey, ["commands"], ["dashboard"], ["attention"]];

export function useAmazonOrder(store: string, id: string) {
  const { language } = useLanguage();
  return useQuery({
    queryKey: [...amazonOrderKey(store, id), language],
    queryFn: () =>
      body(
        api.GET("/api/v1/amazon-orders/{store}/{amazon_order_id}", {
          params: { path: { store, amazon_order_id: id } },
        }),
      ),
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

/** The country code of a store's marketplace, once it is known. */
export function useCountry(store: string): string | undefined {
  return useStores().data?.items.find((each) => each.id === store)?.marketplace;
}
