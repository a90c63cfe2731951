// Work that goes on in the service after it was asked for: orders checked again, files being sent, a sync. It is
// shown above every screen, and again after a reload.
import { useQuery, useQueryClient } from "@tanstack/react-query";

import { api, body, Problem, type Schemas } from "../api/client";
import { readStored, store } from "./stored";

const replanKey = ["replan"];
export const exportsKey = ["exports"];
const syncsKey = ["syncs"];
const kReplan = "fairway.replan";
const kSyncs = "fairway.syncs";
const kPaceMs = 1_000;

/** Which orders were marked, as filters, and how many. */
interface Marked {
  all: number;
  /** Null where one of them is a person's name: it is not kept, and nobody is looked for without being asked. */
  filters: Record<string, string> | null;
}
const isMarked = (value: unknown): value is Marked =>
  typeof value === "object" && value !== null && "all" in value && "filters" in value;
const marked = () => readStored(kReplan, isMarked);

export function useBeginReplan() {
  const queryClient = useQueryClient();
  return (all: number, filters: Record<string, string>) => {
    if (all === 0) return;
    store(kReplan, { all, filters: "buyer" in filters ? null : filters });
    void queryClient.resetQueries({ queryKey: replanKey });
  };
}

export interface Replan {
  done: number;
  all: number;
  isOver: boolean;
  /** How many of them are blocked once all were checked; null until then, and where it cannot be told. */
  blocked: number | null;
}

async function readReplan(): Promise<Replan | null> {
  const asked = marked();
  if (asked === null) return null;
  const { all, filters } = asked;
  const { dirty_orders } = await body(api.GET("/api/v1/system"));
  // Others become dirty meanwhile: the bar never goes back behind its beginning.
  if (dirty_orders > 0) return { done: Math.max(0, all - dirty_orders), all, isOver: false, blocked: null };
  if (filters === null) return { done: all, all, isOver: true, blocked: null };
  const query = { ...filters, import_state: "blocked" };
  const { count } = await body(
    api.GET("/api/v1/amazon-orders/summary", { params: { query: query as never } }),
  );
  return { done: all, all, isOver: true, blocked: count };
}

/** Null if nothing was asked for. */
export function useReplan() {
  return useQuery({
    queryKey: replanKey,
    queryFn: readReplan,
    // Also after an answer that did not come: what was asked for goes on.
    refetchInterval: () => (marked() === null ? false : kPaceMs),
  });
}

/** Work belongs to the person who asked for it. */
export function forgetWork() {
  store(kReplan, null);
  store(kSyncs, null);
}

/** Whether it was still remembered: its end is told once. */
export function forgetReplan(): boolean {
  const wasMarked = marked() !== null;
  store(kReplan, null);
  return wasMarked;
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

type Run = Schemas["SyncRun"];
const areIds = (value: unknown): value is string[] =>
  Array.isArray(value) && value.every((each) => typeof each === "string");
const watched = () => readStored(kSyncs, areIds) ?? [];

/** Runs that somebody asked for here are watched until they have ended. */
export function useWatchSync() {
  const queryClient = useQueryClient();
  return (run: Pick<Run, "id">) => {
    store(kSyncs, [...watched(), run.id]);
    void queryClient.invalidateQueries({ queryKey: syncsKey });
  };
}

/** Whether it was still watched: its end is told once. */
export function forgetSync(id: string): boolean {
  const before = watched();
  const after = before.filter((each) => each !== id);
  store(kSyncs, after.length === 0 ? null : after);
  return after.length < before.length;
}

async function readRun(id: string): Promise<Run[]> {
  try {
    return [await body(api.GET("/api/v1/sync-runs/{id}", { params: { path: { id } } }))];
  } catch (error) {
    // Old runs are not kept for ever.
    if (!(error instanceof Problem) || error.status !== 404) throw error;
    forgetSync(id);
    return [];
  }
}

export function useSyncs() {
  return useQuery({
    queryKey: syncsKey,
    queryFn: async () => (await Promise.all(watched().map(readRun))).flat(),
    refetchInterval: () => (watched().length === 0 ? false : kPaceMs),
  });
}
