// Listens to what changes and marks what is on screen as old. Events name orders and hold no personal data.
import { type Query, useQueryClient } from "@tanstack/react-query";
import { useEffect, useEffectEvent } from "react";

import { EventLog } from "./eventLog";
import { messagesKey } from "./Messages";
import { sessionKey } from "./session";

export const ordersKey = ["amazon-orders"];
/** Stores with their figures. Those are read at their own pace, and after what somebody did here. */
export const storesKey = ["stores"];
/** At most so often is anything read again, however much happens. */
const kPaceMs = 2_000;
/** A stream that was refused is asked for again after so long. */
const kAgainMs = 30_000;

export interface OrderEvent {
  store: string;
  amazon_order_id: string;
  /** Codes of the order's history: what happened. */
  codes: string[];
  commerce_order: string | null;
}

/** For lists that were not on screen then. */
const log = new EventLog<OrderEvent>(Date.now());

/** Null: more happened than is known. */
export const eventsSince = (time: number) => log.since(time);

/** Null: too much happened to tell, read everything anew. */
type Listener = (events: readonly OrderEvent[] | null) => void;
const listeners = new Set<Listener>();

/** Told what changed, in batches. */
export function useOrderEvents(listener: Listener) {
  const tell = useEffectEvent(listener);
  useEffect(() => {
    const listen: Listener = (events) => tell(events);
    listeners.add(listen);
    return () => void listeners.delete(listen);
  }, []);
}

function readEvent(data: string): OrderEvent | null {
  try {
    return JSON.parse(data) as OrderEvent;
  } catch {
    return null;
  }
}

/** What no order changes. */
const kApart = ["session", "preferences", "marketplaces", "exports", "replan", "syncs"];

/** A page of one order is read again for its own events only: every reading of personal data is recorded. */
function isConcerned(query: Query, events: readonly OrderEvent[] | null): boolean {
  const [what, which, ...one] = query.queryKey;
  if (kApart.includes(String(what))) return false;
  // The grid itself shows "new orders" and keeps its rows; "own" are lists that listen themselves, so that
  // nobody's data is read, and the reading recorded, more often than it must be.
  if (which === "grid" || which === "own") return false;
  if (which !== "one" || events === null) return true;
  if (what === "commerce-orders") return events.some((event) => event.commerce_order === one[0]);
  return events.some((event) => event.store === one[0] && event.amazon_order_id === one[1]);
}

export function LiveEvents() {
  const queryClient = useQueryClient();
  useEffect(() => {
    let source: EventSource;
    let again: ReturnType<typeof setTimeout> | undefined;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let waiting: OrderEvent[] | null = [];
    const flush = () => {
      const events = waiting;
      timer = undefined;
      waiting = [];
      log.add(events, Date.now());
      void queryClient.invalidateQueries({ predicate: (query) => isConcerned(query, events) });
      void queryClient.invalidateQueries({ queryKey: messagesKey });
      for (const listener of listeners) listener(events);
    };
    const readEverything = () => {
      waiting = null;
      timer ??= setTimeout(flush, kPaceMs);
    };
    const listen = () => {
      source = new EventSource("/api/v1/events");
      source.addEventListener("order", (message: MessageEvent<string>) => {
        const event = readEvent(message.data);
        if (event !== null) waiting?.push(event);
        timer ??= setTimeout(flush, kPaceMs);
      });
      source.addEventListener("reset", readEverything);
      source.addEventListener("error", () => {
        // The browser connects again by itself, unless it was refused: then the session may have ended.
        if (source.readyState !== EventSource.CLOSED) return;
        void queryClient.invalidateQueries({ queryKey: sessionKey });
        again = setTimeout(() => {
          readEverything();
          listen();
        }, kAgainMs);
      });
    };
    listen();
    return () => {
      clearTimeout(timer);
      clearTimeout(again);
      source.close();
    };
  }, [queryClient]);
  return null;
}
