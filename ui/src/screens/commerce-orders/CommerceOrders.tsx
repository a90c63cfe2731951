// All commerce orders of the built-in back end. Filters are in the address; pages come as one scrolls.
import { useQueryClient } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useState } from "react";

import { api, body } from "../../api/client";
import { useLanguage, useText } from "../../i18n";
import { useChosenColumns } from "../../parts/chosenColumns";
import { ColumnMenu, useColumns } from "../../parts/ColumnMenu";
import { commerceKey, type CommerceOrder } from "../../parts/commerce";
import { ExportLink } from "../../parts/ExportLink";
import { FilterChips } from "../../parts/FilterChips";
import { Grid } from "../../parts/Grid";
import { useHistoryEntry } from "../../parts/gridPlace";
import { commercePath, orderPath } from "../../parts/links";
import { type News, NewOrders } from "../../parts/NewOrders";
import { usePages } from "../../parts/pages";
import { ErrorState } from "../../parts/states";
import { Title } from "../../parts/Title";
import { eventsSince, useOrderEvents } from "../../shell/LiveEvents";
import { columns, CommerceCell, kAtFirst, kRowHeader } from "./columns";
import { Filters, NoOrders, useSetFilters } from "./CommerceFilters";
import { kSortAtFirst, type Search, toQuery, without } from "./search";

/** Rows stay where they are; that they are old is said. */
function useNews(queryKey: readonly unknown[], readAt: number): News {
  const queryClient = useQueryClient();
  const missed = readAt === 0 ? [] : eventsSince(readAt);
  const isOld = missed === null || missed.some((event) => event.commerce_order !== null);
  const [, setSeen] = useState(0);
  // Only to be drawn again: what was missed is known then.
  useOrderEvents(() => setSeen((count) => count + 1));
  return {
    orders: 0,
    isStale: isOld,
    show: () => void queryClient.resetQueries({ queryKey, exact: true }),
  };
}

const pagesOf = (order: CommerceOrder): [string, ...string[]] => [commercePath(order.id), orderPath(order)];

/** The rows, and how to show them anew. */
function useOrders(search: Search, isPersonal: boolean) {
  const { language } = useLanguage();
  const { isReturn } = useHistoryEntry();
  const asked = { ...toQuery(search), personal_data: String(isPersonal) };
  const queryKey = [...commerceKey, "grid", asked, language];
  const pages = usePages<CommerceOrder>(
    queryKey,
    (page) => body(api.GET("/api/v1/commerce-orders", { params: { query: { ...asked, ...page } as never } })),
    { isReturn },
  );
  return { ...pages, asked, news: useNews(queryKey, pages.query.dataUpdatedAt) };
}

export function CommerceOrders() {
  const text = useText();
  const search = useSearch({ from: "/shell/commerce-orders" });
  const navigate = useNavigate({ from: "/commerce-orders" });
  const kept = useChosenColumns("commerce_orders");
  const { offered, shown, isPersonal } = useColumns(columns, kRowHeader, kept.columns ?? kAtFirst);
  const { query, items, loadingState, more, asked, news } = useOrders(search, isPersonal);
  const set = useSetFilters(search);
  const change = (next: Search) => void navigate({ search: next });
  return (
    <>
      <Title actions={<ExportLink list="commerce-orders" query={asked} />}>
        {text("nav.commerce_orders")}
      </Title>
      <Filters search={search} change={change}>
        <ColumnMenu columns={offered} shown={shown} rowHeader={kRowHeader} choose={kept.choose} />
      </Filters>
      <FilterChips set={set} remove={(names) => change(without(search, names))} />
      <NewOrders news={news} />
      {query.error && items.length === 0 ? (
        <ErrorState isPart error={query.error} retry={() => void query.refetch()} />
      ) : (
        <Grid
          key={JSON.stringify(without(search, new Set(["sort"])))}
          name="commerce_orders"
          label={text("nav.commerce_orders")}
          columns={shown}
          rowHeader={kRowHeader}
          rows={items}
          idOf={(order) => order.id}
          titleOf={(order) => order.number}
          pagesOf={pagesOf}
          cell={(column, order) => <CommerceCell column={column} order={order} />}
          loadingState={loadingState}
          more={more}
          open={(href) => void navigate({ href })}
          empty={<NoOrders search={search} change={change} />}
          sort={search.sort ?? kSortAtFirst}
          changeSort={(sort) =>
            change(sort === kSortAtFirst ? without(search, new Set(["sort"])) : { ...search, sort })
          }
        />
      )}
    </>
  );
}
