// A list that comes in pages: loading, refused, empty, shown, and the button for what follows.
import { Button } from "@react-spectrum/s2";
import { style } from "@react-spectrum/s2/style" with { type: "macro" };
import type { ReactNode } from "react";

import { useText } from "../i18n";
import type { usePages } from "./pages";
import { Panel } from "./Panel";
import { ErrorState, Loading } from "./states";

interface PagedListProps<T> {
  pages: ReturnType<typeof usePages<T>>;
  /** What stands there if there is nothing: why, and what to do next. */
  empty: ReactNode;
  children: (items: readonly T[]) => ReactNode;
}

export function PagedList<T>({ pages, empty, children }: PagedListProps<T>) {
  const text = useText();
  const { query, items } = pages;
  if (query.isPending) return <Loading />;
  if (query.error) return <ErrorState isPart error={query.error} retry={() => void query.refetch()} />;
  if (items.length === 0) return query.hasNextPage ? <Loading /> : empty;
  return (
    <>
      {children(items)}
      {query.hasNextPage && (
        <Button
          variant="secondary"
          isPending={query.isFetchingNextPage}
          styles={style({ marginTop: 16, alignSelf: "start" })}
          onPress={() => void query.fetchNextPage()}
        >
          {text("action.more")}
        </Button>
      )}
    </>
  );
}

interface ListPanelProps<T> extends PagedListProps<T> {
  heading: string;
  help?: string;
  actions?: ReactNode;
  /** Above the list, whether it is empty or not. */
  above?: ReactNode;
}

/** On its own ground, under its heading. */
export function ListPanel<T>({ heading, help, actions, above, ...list }: ListPanelProps<T>) {
  return (
    <Panel heading={heading} {...(help !== undefined && { help })} actions={actions}>
      {above}
      <PagedList {...list} />
    </Panel>
  );
}
