// A list of Fairway that comes in pages: each page follows when the reader gets to the end of the one before.
import { keepPreviousData, type QueryKey, useInfiniteQuery } from "@tanstack/react-query";
import { useEffect, useMemo } from "react";

export interface Page<T> {
  items: T[];
  next: string | null;
}

/** Parameters of one page; `after` is left out for the first. */
export interface PageQuery {
  limit: number;
  after?: string;
}

const kPage = 100;
/** So long a grid's rows wait for somebody who works on one of them. */
const kGridMs = 30 * 60_000;

/** Rows stay where they are: they are read anew by whoever comes anew, and by nobody else. */
const asGrid = (isReturn: boolean) => ({
  // Filtering leaves no blank table while the server answers.
  placeholderData: keepPreviousData,
  refetchOnWindowFocus: false,
  refetchOnReconnect: false,
  refetchOnMount: isReturn ? false : ("always" as const),
  gcTime: kGridMs,
});

interface PagesOptions {
  refetchInterval?: number;
  /** For grids: whether one comes back to rows that were there before. */
  isReturn?: boolean;
}

export function usePages<T>(
  queryKey: QueryKey,
  get: (query: PageQuery) => Promise<Page<T>>,
  { refetchInterval, isReturn }: PagesOptions = {},
) {
  const query = useInfiniteQuery({
    queryKey,
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam }) => get({ limit: kPage, ...(pageParam !== undefined && { after: pageParam }) }),
    getNextPageParam: (page: Page<T>) => page.next ?? undefined,
    ...(refetchInterval !== undefined && { refetchInterval }),
    ...(isReturn !== undefined && asGrid(isReturn)),
  });
  const items = useMemo(() => query.data?.pages.flatMap((page) => page.items) ?? [], [query.data]);
  const { isPending, isPlaceholderData, isFetchingNextPage, hasNextPage } = query;
  const loadingState = isPending
    ? ("loading" as const)
    : isPlaceholderData
      ? ("filtering" as const)
      : isFetchingNextPage
        ? ("loadingMore" as const)
        : ("idle" as const);
  const more = () => {
    // Not while rows of the list before still stand in, and not twice at once.
    if (hasNextPage && !isFetchingNextPage && !isPlaceholderData) void query.fetchNextPage();
  };
  /** Spread over a table: it loads the next page by itself. */
  const table = { loadingState, onLoadMore: more };
  return { query, items, loadingState, more, table, isSome: false };
}

/**
 * A list of which only some is shown, where the server cannot leave out the rest: it reads on until there is
 * something to show, or the list has ended. Null: everything is shown.
 */
export function useSome<T>(
  pages: ReturnType<typeof usePages<T>>,
  isShown: ((item: T) => boolean) | null,
): ReturnType<typeof usePages<T>> {
  const items = isShown === null ? pages.items : pages.items.filter(isShown);
  const { fetchNextPage, hasNextPage, isFetching, isError } = pages.query;
  // What failed is asked for again by a person, not by itself without end.
  const isWanting = items.length === 0 && hasNextPage && !isFetching && !isError;
  useEffect(() => {
    if (isWanting) void fetchNextPage();
  }, [isWanting, fetchNextPage]);
  return { ...pages, items, isSome: isShown !== null };
}
