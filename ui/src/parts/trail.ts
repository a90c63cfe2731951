// The list that a person last looked at, so that its pages can be gone through one after the other.
import { useLocation } from "@tanstack/react-router";

/** A row's pages: its own first, then that of the other order that belongs to it. */
type Pages = readonly string[];

let trail: readonly Pages[] = [];

/** The pages of a list's rows, in their order. */
export function layTrail(rows: readonly Pages[]) {
  trail = rows;
}

export interface Neighbours {
  previous: string | null;
  next: string | null;
  /** From 1. */
  place: number;
  all: number;
}

const kindOf = (path: string) => path.split("/")[1];

/** Of the same kind as the page that one is on, where there is one. */
const pageLike = (path: string, row: Pages | undefined) =>
  row?.find((each) => kindOf(each) === kindOf(path)) ?? row?.[0] ?? null;

export function neighboursIn(rows: readonly Pages[], path: string): Neighbours | null {
  const index = rows.findIndex((row) => row.includes(path));
  if (index < 0) return null;
  return {
    previous: pageLike(path, rows[index - 1]),
    next: pageLike(path, rows[index + 1]),
    place: index + 1,
    all: rows.length,
  };
}

/** Null if this page was not reached from a list. */
export function useNeighbours(): Neighbours | null {
  const path = useLocation({ select: (location) => location.pathname });
  return neighboursIn(trail, path);
}
