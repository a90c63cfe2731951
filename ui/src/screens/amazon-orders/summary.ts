// How many orders the filters find. Counting ends at some number: then there are at least so many.
import { useQuery } from "@tanstack/react-query";

import { api, body } from "../../api/client";
import { useText } from "../../i18n";
import type { OrderFilters } from "../../routes";
import { ordersKey } from "../../shell/LiveEvents";
import { toQuery, without } from "./filterValues";

const kOld = 60_000;
export const summaryKey = [...ordersKey, "own", "summary"];

/** The parameters of requests that take the filters of the list without its sorting. */
export const filterQuery = (filters: OrderFilters) => toQuery(without(filters, new Set(["sort"])));

export function useSummary(filters: OrderFilters) {
  const query = filterQuery(filters);
  return useQuery({
    queryKey: [...summaryKey, query],
    queryFn: () => body(api.GET("/api/v1/amazon-orders/summary", { params: { query: query as never } })),
    staleTime: kOld,
  });
}

/** "12,431 orders"; empty while it is not known. */
export function useCountText(filters: OrderFilters): string {
  const text = useText();
  const { data } = useSummary(filters);
  if (data === undefined) return "";
  return text(data.count_is_exact ? "grid.count" : "grid.count_at_least", { count: data.count });
}
