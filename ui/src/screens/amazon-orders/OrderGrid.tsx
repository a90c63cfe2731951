// The grid of Amazon orders: what a row shows, and what can be done with those that are selected.
import {
  ActionBar,
  ActionButton,
  AlertDialog,
  Button,
  DialogContainer,
  LinkButton,
} from "@react-spectrum/s2";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";

import { api, body } from "../../api/client";
import { useText } from "../../i18n";
import { useChange } from "../../parts/change";
import { Grid, type GridColumn, type Selection } from "../../parts/Grid";
import { orderPages } from "../../parts/links";
import { rowId } from "../../parts/orderData";
import type { AmazonOrder } from "../../parts/orders";
import { Empty } from "../../parts/states";
import type { OrderFilters } from "../../routes";
import { useMay } from "../../shell/session";
import { useBeginReplan } from "../../shell/work";
import { kRowHeader, OrderCell } from "./columns";
import { setOf, without } from "./filterValues";
import { kSortAtFirst, type useRows } from "./rows";
import { filterQuery, useSummary } from "./summary";

interface Props {
  pages: ReturnType<typeof useRows>;
  columns: readonly GridColumn[];
  filters: OrderFilters;
  change: (next: OrderFilters) => void;
  retry: (orders: AmazonOrder[]) => void;
}

function NoOrders({ filters, change }: Pick<Props, "filters" | "change">) {
  const text = useText();
  const isFiltered = setOf(filters).length > 0;
  if (!isFiltered)
    return (
      <Empty
        heading={text("orders.none_yet")}
        action={<LinkButton href="/stores">{text("nav.stores")}</LinkButton>}
      >
        {text("orders.none_yet_help")}
      </Empty>
    );
  const clear = () => change(filters.sort === undefined ? {} : { sort: filters.sort });
  return (
    <Empty
      heading={text("orders.none_match")}
      action={
        <Button variant="secondary" onPress={clear}>
          {text("filter.clear")}
        </Button>
      }
    >
      {text("orders.none_match_help")}
    </Empty>
  );
}

/** All blocked orders that the filters find are tried again; the server goes on with it by itself. */
function useRetryAll(filters: OrderFilters) {
  const text = useText();
  const begin = useBeginReplan();
  return useChange({
    call: () =>
      body(api.POST("/api/v1/amazon-orders/retry", { params: { query: filterQuery(filters) as never } })),
    touches: [["system"]],
    done: ({ marked }) => text("bulk.marked", { count: marked }),
    after: ({ marked }) => begin(marked, filterQuery(filters) as Record<string, string>),
    toastProblem: true,
  });
}

/** What is selected: rows, or everything that the filters find, also what is not on screen. */
function useSelected(rows: readonly AmazonOrder[], filters: OrderFilters) {
  const [selected, setSelected] = useState<Selection>(new Set());
  const [isEverything, setEverything] = useState(false);
  const { data: summary } = useSummary(filters);
  const change = (next: Selection) => {
    setSelected(next);
    setEverything(false);
  };
  const all = selected === "all";
  return {
    selected,
    change,
    chosen: () => rows.filter((order) => all || selected.has(rowId(order))),
    isEverything,
    count: isEverything ? (summary?.count ?? rows.length) : all ? rows.length : selected.size,
    /** Null where there is nothing beyond the rows, or it is chosen already. */
    everything: isEverything || summary === undefined || summary.count <= rows.length ? null : summary,
    chooseEverything: () => {
      setSelected("all");
      setEverything(true);
    },
  };
}

function useSelectionBar({ pages, filters, retry }: Props) {
  const text = useText();
  const [isAsked, setAsked] = useState(false);
  const selection = useSelected(pages.items, filters);
  const retryAll = useRetryAll(filters);
  const { everything, isEverything } = selection;
  const bar = () => (
    <ActionBar selectedItemCount={selection.count} onClearSelection={() => selection.change(new Set())}>
      <ActionButton onPress={() => (isEverything ? setAsked(true) : retry(selection.chosen()))}>
        {text("bulk.retry")}
      </ActionButton>
      {everything !== null && (
        <ActionButton onPress={selection.chooseEverything}>
          {text(everything.count_is_exact ? "bulk.select_all" : "bulk.select_all_at_least", {
            count: everything.count,
          })}
        </ActionButton>
      )}
    </ActionBar>
  );
  const ask = (
    <DialogContainer onDismiss={() => setAsked(false)}>
      {isAsked && (
        <AlertDialog
          variant="confirmation"
          title={text("bulk.all_title")}
          primaryActionLabel={text("bulk.retry")}
          cancelLabel={text("action.cancel")}
          onPrimaryAction={() => retryAll.mutate()}
        >
          {text("bulk.all_help")}
        </AlertDialog>
      )}
    </DialogContainer>
  );
  return { ask, selection: { selected: selection.selected, change: selection.change, bar } };
}

export function OrderGrid(props: Props) {
  const { pages, columns, filters, change } = props;
  const text = useText();
  const navigate = useNavigate();
  const isOperator = useMay("operator");
  const { ask, selection } = useSelectionBar(props);
  return (
    <>
      <Grid
        name="amazon_orders"
        label={text("nav.amazon_orders")}
        columns={columns}
        rowHeader={kRowHeader}
        rows={pages.items}
        idOf={rowId}
        titleOf={(order) => order.amazon_order_id}
        pagesOf={orderPages}
        cell={(column, order) => <OrderCell column={column} order={order} />}
        loadingState={pages.loadingState}
        more={pages.more}
        open={(href) => void navigate({ href })}
        empty={<NoOrders filters={filters} change={change} />}
        sort={filters.sort ?? kSortAtFirst}
        changeSort={(sort) =>
          change(sort === kSortAtFirst ? without(filters, new Set(["sort"])) : { ...filters, sort })
        }
        {...(isOperator && { selection })}
      />
      {ask}
    </>
  );
}
