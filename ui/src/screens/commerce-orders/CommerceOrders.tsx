// All commerce orders of the built-in back end. Filters are in the address; pages come as one scrolls.
import { Cell, Column, Link, Row, TableBody, TableHeader, TableView } from "@react-spectrum/s2";
import { style } from "@react-spectrum/s2/style" with { type: "macro" };
import { useQueryClient } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { type ReactNode, useState } from "react";

import { api, body } from "../../api/client";
import { type MessageId, useLanguage, useText } from "../../i18n";
import { commerceKey, type CommerceOrder, CommerceStatus } from "../../parts/commerce";
import { useFormat } from "../../parts/format";
import { commercePath, orderPath } from "../../parts/links";
import { type News, NewOrders } from "../../parts/NewOrders";
import { usePages } from "../../parts/pages";
import { Empty, ErrorState } from "../../parts/states";
import { Title } from "../../parts/Title";
import { useOrderEvents } from "../../shell/LiveEvents";
import { Chips, Filters, type Search, useStoreName } from "./CommerceFilters";

const columns = [
  { id: "number", text: "column.commerce_order", minWidth: 140 },
  { id: "status", text: "column.status", minWidth: 140 },
  { id: "amazon", text: "column.amazon_order", minWidth: 180 },
  { id: "store", text: "column.store", minWidth: 120 },
  { id: "recipient", text: "commerce.recipient", minWidth: 160 },
  { id: "total", text: "column.total", minWidth: 100 },
  { id: "made", text: "column.made", minWidth: 160 },
  { id: "changed", text: "column.changed", minWidth: 160 },
] as const;
type ColumnId = (typeof columns)[number]["id"];

const alignOf = (column: ColumnId) => (column === "total" ? "end" : "start");

function Content({ column, order }: { column: ColumnId; order: CommerceOrder }): ReactNode {
  const text = useText();
  const format = useFormat();
  const { nameOf } = useStoreName();
  switch (column) {
    case "number":
      return (
        <Link href={commercePath(order.id)} isQuiet>
          {order.number}
        </Link>
      );
    case "status":
      return <CommerceStatus status={order.status} />;
    case "amazon":
      return (
        <Link href={orderPath(order)} isQuiet>
          {order.amazon_order_id}
        </Link>
      );
    case "store":
      return nameOf(order.store);
    case "recipient":
      return order.recipient.name ?? text(`data_state.${order.recipient.state}` as MessageId);
    case "total":
      return format.money(order.totals.grand_total);
    case "made":
      return format.dateTime(order.created_at);
    case "changed":
      return format.dateTime(order.updated_at);
  }
}

interface RowsProps {
  orders: CommerceOrder[];
  table: ReturnType<typeof usePages>["table"];
  isFiltered: boolean;
}

function Rows({ orders, table, isFiltered }: RowsProps) {
  const text = useText();
  const navigate = useNavigate();
  return (
    <TableView
      aria-label={text("nav.commerce_orders")}
      onAction={(id) => void navigate({ href: commercePath(String(id)) })}
      {...table}
      styles={style({ width: "full", height: "[calc(100vh - 300px)]", minHeight: 320 })}
    >
      <TableHeader columns={columns}>
        {(column) => (
          <Column
            id={column.id}
            isRowHeader={column.id === "number"}
            align={alignOf(column.id)}
            minWidth={column.minWidth}
          >
            {text(column.text)}
          </Column>
        )}
      </TableHeader>
      <TableBody
        items={orders}
        renderEmptyState={() => (
          <Empty heading={text(isFiltered ? "orders.none_match" : "orders.none_yet")} />
        )}
      >
        {(order) => (
          <Row id={order.id} textValue={order.number} columns={columns} dependencies={[order]}>
            {(column) => (
              <Cell align={alignOf(column.id)}>
                <Content column={column.id} order={order} />
              </Cell>
            )}
          </Row>
        )}
      </TableBody>
    </TableView>
  );
}

/** Rows stay where they are; that they are old is said. */
function useNews(queryKey: readonly unknown[]): News {
  const queryClient = useQueryClient();
  const [isStale, setStale] = useState(false);
  useOrderEvents((events) => {
    if (events === null || events.some((event) => event.commerce_order !== null)) setStale(true);
  });
  return {
    orders: 0,
    isStale,
    show: () => {
      setStale(false);
      void queryClient.resetQueries({ queryKey, exact: true });
    },
  };
}

export function CommerceOrders() {
  const text = useText();
  const { language } = useLanguage();
  const search = useSearch({ from: "/shell/commerce-orders" });
  const navigate = useNavigate({ from: "/commerce-orders" });
  const queryKey = [...commerceKey, "grid", search, language];
  const news = useNews(queryKey);
  const { query, items, table } = usePages(queryKey, (page) =>
    body(api.GET("/api/v1/commerce-orders", { params: { query: { ...search, ...page } as never } })),
  );
  const change = (next: Search) => void navigate({ search: next });
  return (
    <>
      <Title>{text("nav.commerce_orders")}</Title>
      <Filters key={search.amazon_order_id ?? ""} search={search} change={change} />
      <Chips search={search} change={change} />
      <NewOrders news={news} />
      {query.error ? (
        <ErrorState error={query.error} retry={() => void query.refetch()} />
      ) : (
        <Rows orders={items} table={table} isFiltered={Object.keys(search).length > 0} />
      )}
    </>
  );
}
