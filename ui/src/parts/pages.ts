// A list of Fairway that comes in pages: each page follows when the reader gets to the end of the one before.
import { type QueryKey, useInfiniteQuery } from "@tanstack/react-query";

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

export function usePages<T>(
  queryKey: QueryKey,
  get: (query: PageQuery) => Promise<Page<T>>,
  options: { enabled?: boolean; refetchInterval?: number } = {},
) {
  const query = useInfiniteQuery({
    queryKey,
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam }) => get({ limit: kPage, ...(pageParam !== undefined && { after: pageParam }) }),
    getNextPageParam: (page: Page<T>) => page.next ?? undefined,
    ...options,
  });
  const items = query.data?.pages.flatMap((page) => page.items) ?? [];
  const loadingState: "loading" | "loadingMore" | "idle" = query.isPending
    ? "loading"
    : query.isFetchingNextPage
      ? "loadingMore"
      : "idle";
  return {
    query,
    items,
    /** Spread over a table: it loads the next page by itself. */
    table: {
      loadingState,
      onLoadMore: () => {
        if (query.hasNextPage && !query.isFetchingNextPage) void query.fetchNextPage();
      },
    },
  };
}
