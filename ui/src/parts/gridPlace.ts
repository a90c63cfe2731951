// Where a grid was scrolled to, and which row was opened, per entry of the browser's history: going back leads
// to the same place with the same rows, going there anew begins at the top.
import { useLocation } from "@tanstack/react-router";
import { type RefObject, useEffect, useEffectEvent, useState } from "react";

interface Place {
  top: number;
  row: string | null;
}

const places = new Map<string, Place>();
/** So many frames the rows may take until the place can be scrolled to. */
const kFrames = 30;

/** The entry of the history, and whether one came back to it. */
export function useHistoryEntry() {
  const entry = useLocation({ select: (location) => location.state.__TSR_key ?? "" });
  const [first] = useState({ entry, isReturn: places.has(entry) });
  return { entry, isReturn: first.isReturn && first.entry === entry };
}

/** Called when a row is opened: the focus returns to it. */
export function rememberRow(entry: string, row: string) {
  places.set(entry, { top: places.get(entry)?.top ?? 0, row });
}

function restore(scroller: HTMLElement, place: Place) {
  let frames = 0;
  const tryOnce = () => {
    scroller.scrollTop = place.top;
    const row = place.row === null ? null : scroller.querySelector(`[data-key="${CSS.escape(place.row)}"]`);
    if (row instanceof HTMLElement) row.focus({ preventScroll: true });
    const isThere = Math.abs(scroller.scrollTop - place.top) < 1 && (place.row === null || row !== null);
    frames += 1;
    if (!isThere && frames < kFrames) requestAnimationFrame(tryOnce);
  };
  requestAnimationFrame(tryOnce);
}

interface Options {
  entry: string;
  isReturn: boolean;
  /** Told how many pixels of the list are left below. */
  scrolled: (left: number) => void;
}

/** Keeps the place of the grid inside the frame. */
export function useGridPlace(frame: RefObject<HTMLElement | null>, { entry, isReturn, scrolled }: Options) {
  const tell = useEffectEvent(scrolled);
  const keep = useEffectEvent((top: number) => {
    places.set(entry, { top, row: places.get(entry)?.row ?? null });
  });
  useEffect(() => {
    const scroller = frame.current?.querySelector<HTMLElement>("[role=grid]");
    if (scroller == null) return;
    const place = places.get(entry);
    if (isReturn && place !== undefined) restore(scroller, place);
    else places.set(entry, { top: 0, row: null });
    const listen = () => {
      keep(scroller.scrollTop);
      tell(scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight);
    };
    scroller.addEventListener("scroll", listen, { passive: true });
    return () => scroller.removeEventListener("scroll", listen);
  }, [frame, entry, isReturn]);
}
