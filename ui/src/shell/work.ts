// Work that goes on in the service after it was asked for: orders tried again, files being sent. It is shown
// above every screen, and again after a reload.
import { useQuery, useQueryClient } from "@tanstack/react-query";

import { api, body, type Schemas } from "../api/client";

const replanKey = ["replan"];
export const exportsKey = ["exports"];
const kStored = "fairway.replan";
const kPaceMs = 1_000;

/** How many orders this person asked to be tried again, as long as not all of them were. */
function marked(): number {
  const stored = Number(sessionStorage.getItem(kStored));
  return Number.isSafeInteger(stored) ? stored : 0;
}

export function useBeginReplan() {
  const queryClient = useQueryClient();
  return (count: number) => {
    if (count === 0) return;
    sessionStorage.setItem(kStored, String(count));
    void queryClient.resetQueries({ queryKey: replanKey });
  };
}

export interface Replan {
  done: number;
  all: number;
}

async function readReplan(): Promise<Replan | null> {
  const all = marked();
  if (all === 0) return null;
  const { dirty_orders } = await body(api.GET("/api/v1/system"));
  // Others become dirty meanwhile: the bar never goes back behind its beginning.
  if (dirty_orders === 0) sessionStorage.removeItem(kStored);
  return { done: Math.max(0, all - dirty_orders), all };
}

/** Null if nothing was asked for. When it has ended it says so once, then it is gone. */
export function useReplan() {
  return useQuery({
    queryKey: replanKey,
    queryFn: readReplan,
    refetchInterval: (query) => (query.state.data == null ? false : kPaceMs),
  });
}

/** A person's exports. Those under way are watched; pressing an export's link looks again. */
export function useExports() {
  return useQuery({
    queryKey: exportsKey,
    queryFn: () => body(api.GET("/api/v1/exports", { params: { query: { limit: 20 } } })),
    select: ({ items }): Schemas["Export"][] => items.filter((each) => each.state === "running"),
    refetchInterval: (query) =>
      query.state.data?.items.some((each) => each.state === "running") ? kPaceMs : false,
  });
}
