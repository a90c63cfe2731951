// What people do with a commerce order. After each, everything that shows the order is read again.
import type { QueryKey } from "@tanstack/react-query";

import { api, body, type Schemas } from "../../api/client";
import { useChange } from "../../parts/change";
import { type CommerceOrder, commerceKey } from "../../parts/commerce";
import { useOnce } from "../../parts/once";
import { touches } from "../../parts/orderData";

/** What may look different once a commerce order was changed. */
const orderTouches: readonly QueryKey[] = [...touches, commerceKey, ["products"]];

type Send<Value> = (
  params: { path: { id: string }; header: { "Idempotency-Key": string } },
  value: Value,
) => Promise<CommerceOrder>;

function useAction<Value>(order: CommerceOrder, done: string, send: Send<Value>) {
  const once = useOnce();
  return useChange<Value, CommerceOrder>({
    call: (value) => once(value, (header) => send({ path: { id: order.id }, header }, value)),
    touches: orderTouches,
    done: () => done,
  });
}

export const useShip = (order: CommerceOrder, done: string) =>
  useAction<Schemas["ShipRequest"]>(order, done, (params, request) =>
    body(api.POST("/api/v1/commerce-orders/{id}/shipments", { params, body: request })),
  );

export const useCredit = (order: CommerceOrder, done: string) =>
  useAction<Schemas["CreditRequest"]>(order, done, (params, request) =>
    body(api.POST("/api/v1/commerce-orders/{id}/credit-memos", { params, body: request })),
  );

export const useComment = (order: CommerceOrder, done: string) =>
  useAction<Schemas["CommentRequest"]>(order, done, (params, request) =>
    body(api.POST("/api/v1/commerce-orders/{id}/comments", { params, body: request })),
  );

export const useInvoice = (order: CommerceOrder, done: string) =>
  useAction<void>(order, done, (params) =>
    body(api.POST("/api/v1/commerce-orders/{id}/invoices", { params })),
  );

export const useCancel = (order: CommerceOrder, done: string) =>
  useAction<void>(order, done, (params) => body(api.POST("/api/v1/commerce-orders/{id}/cancel", { params })));

export const useHold = (order: CommerceOrder, done: string) =>
  useAction<void>(order, done, (params) => body(api.POST("/api/v1/commerce-orders/{id}/hold", { params })));

export const useUnhold = (order: CommerceOrder, done: string) =>
  useAction<void>(order, done, (params) => body(api.POST("/api/v1/commerce-orders/{id}/unhold", { params })));
