// The table itself: chosen columns, sorting in the address, selection with what can be done with it.
import {
  ActionBar,
  ActionButton,
  Cell,
  Column,
  type Key,
  Row,
  type SortDescriptor,
  TableBody,
  TableHeader,
  TableView,
} from "@react-spectrum/s2";
import { style } from "@react-spectrum/s2/style" with { type: "macro" };
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";

import { useText } from "../../i18n";
import { orderPath } from "../../parts/links";
import type { AmazonOrder } from "../../parts/orders";
import { Empty } from "../../parts/states";
import { useMay } from "../../shell/session";
import { type GridColumn, kRowHeader, OrderCell } from "./columns";
import { kSortAtFirst, rowId, type useRows } from "./rows";

export type Selection = "all" | Set<Key>;

interface Props {
  query: ReturnType<typeof useRows>["query"];
  rows: AmazonOrder[];
  columns: GridColumn[];
  isFiltered: boolean;
  sort: string | undefined;
  changeSort: (sort: string | undefined) => void;
  retry: (orders: AmazonOrder[]) => void;
}

function toDescriptor(sort: string): SortDescriptor {
  return sort.startsWith("-")
    ? { column: sort.slice(1), direction: "descending" }
    : { column: sort, direction: "ascending" };
}

/** Not while rows of the list before still stand in, and not twice at once. */
const canLoadMore = (query: Props["query"]) =>
  query.hasNextPage && !query.isFetchingNextPage && !query.isPlaceholderData;

function loadingState(query: Props["query"]) {
  if (query.isPending) return "loading";
  if (query.isPlaceholderData) return "filtering";
  return query.isFetchingNextPage ? "loadingMore" : "idle";
}

function Head({ columns }: Pick<Props, "columns">) {
  const text = useText();
  return (
    <TableHeader columns={columns}>
      {(column) => (
        <Column
          id={column.id}
          isRowHeader={column.id === kRowHeader}
          allowsSorting={column.sorts === true}
          align={column.end ? "end" : "start"}
          minWidth={column.minWidth}
        >
          {text(column.text)}
        </Column>
      )}
    </TableHeader>
  );
}

function Rows({ rows, columns, isFiltered }: Pick<Props, "rows" | "columns" | "isFiltered">) {
  const text = useText();
  return (
    <TableBody
      items={rows}
      dependencies={[columns]}
      renderEmptyState={() => <Empty heading={text(isFiltered ? "orders.none_match" : "orders.none_yet")} />}
    >
      {(order) => (
        <Row id={rowId(order)} textValue={order.amazon_order_id} columns={columns} dependencies={[order]}>
          {(column) => (
            <Cell align={column.end ? "end" : "start"}>
              <OrderCell column={column.id} order={order} />
            </Cell>
          )}
        </Row>
      )}
    </TableBody>
  );
}

export function Grid({ query, rows, columns, isFiltered, sort, changeSort, retry }: Props) {
  const text = useText();
  const navigate = useNavigate();
  const isOperator = useMay("operator");
  const [selected, setSelected] = useState<Selection>(new Set());
  const chosen = () => rows.filter((order) => selected === "all" || selected.has(rowId(order)));
  const openOrder = (key: Key) => {
    const order = rows.find((each) => rowId(each) === key);
    if (order !== undefined) void navigate({ href: orderPath(order) });
  };
  return (
    <TableView
      aria-label={text("nav.amazon_orders")}
      selectionMode={isOperator ? "multiple" : "none"}
      selectedKeys={selected}
      onSelectionChange={setSelected}
      onAction={openOrder}
      sortDescriptor={toDescriptor(sort ?? kSortAtFirst)}
      onSortChange={({ column, direction }) => {
        const next = (direction === "descending" ? "-" : "") + String(column);
        changeSort(next === kSortAtFirst ? undefined : next);
      }}
      loadingState={loadingState(query)}
      onLoadMore={() => void (canLoadMore(query) && query.fetchNextPage())}
      renderActionBar={() => (
        <ActionBar
          selectedItemCount={selected === "all" ? rows.length : selected.size}
          onClearSelection={() => setSelected(new Set())}
        >
          <ActionButton onPress={() => retry(chosen())}>{text("bulk.retry")}</ActionButton>
        </ActionBar>
      )}
      styles={style({ width: "full", height: "[calc(100vh - 260px)]", minHeight: 320 })}
    >
      <Head columns={columns} />
      <Rows rows={rows} columns={columns} isFiltered={isFiltered} />
    </TableView>
  );
}
