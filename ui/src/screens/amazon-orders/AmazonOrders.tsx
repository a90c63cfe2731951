// All Amazon orders in one grid. Filters and sorting are in the address; pages come as one scrolls.
import { DialogContainer } from "@react-spectrum/s2";
import { style } from "@react-spectrum/s2/style" with { type: "macro" };
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useState } from "react";

import { useText } from "../../i18n";
import { ColumnMenu, useColumns } from "../../parts/ColumnMenu";
import { ExportLink } from "../../parts/ExportLink";
import { useHistoryEntry } from "../../parts/gridPlace";
import { NewOrders } from "../../parts/NewOrders";
import type { AmazonOrder } from "../../parts/orders";
import { ProblemAlert } from "../../parts/problems";
import { ErrorState } from "../../parts/states";
import { Title } from "../../parts/Title";
import type { OrderFilters } from "../../routes";
import { BulkRetry } from "./BulkRetry";
import { columns, kAtFirst, kRowHeader } from "./columns";
import { Filters } from "./Filters";
import { setOf, toQuery } from "./filterValues";
import { useKept } from "./kept";
import { OrderGrid } from "./OrderGrid";
import { kSortAtFirst, useNews, useRows } from "./rows";
import { useCountText } from "./summary";
import { ViewMenu } from "./ViewMenu";

function Count({ filters }: { filters: OrderFilters }) {
  const countText = useCountText(filters);
  return (
    <p role="status" className={style({ font: "ui-sm", color: "gray-800", margin: 0, marginBottom: 8 })}>
      {countText}
    </p>
  );
}

export function AmazonOrders() {
  const text = useText();
  const navigate = useNavigate({ from: "/amazon-orders" });
  const filters = useSearch({ from: "/shell/amazon-orders" });
  const kept = useKept();
  const { offered, shown, isPersonal } = useColumns(columns, kRowHeader, kept.columns ?? kAtFirst);
  const [retried, setRetried] = useState<{ time: number; orders: AmazonOrder[] }>({ time: 0, orders: [] });
  const { isReturn } = useHistoryEntry();
  const pages = useRows(filters, { isPersonal, isReturn });
  const news = useNews(filters, pages);
  const close = () => setRetried(({ time }) => ({ time, orders: [] }));
  const change = (next: OrderFilters) => void navigate({ search: next });
  const { query, items } = pages;
  const exported = { sort: kSortAtFirst, ...toQuery(filters), personal_data: String(isPersonal) };
  return (
    <>
      <Title actions={<ExportLink list="amazon-orders" query={exported} />}>
        {text("nav.amazon_orders")}
      </Title>
      <Filters filters={filters} change={change}>
        <ColumnMenu columns={offered} shown={shown} rowHeader={kRowHeader} choose={kept.showColumns} />
        <ViewMenu kept={kept} shown={shown} filters={filters} open={change} />
      </Filters>
      <Count filters={filters} />
      <NewOrders news={news} />
      {items.length > 0 && <ProblemAlert error={query.error} />}
      {query.error && items.length === 0 ? (
        <ErrorState isPart error={query.error} retry={() => void query.refetch()} />
      ) : (
        <OrderGrid
          // Another list begins without a selection; another order of it keeps it, and the focus.
          key={JSON.stringify(setOf(filters))}
          pages={pages}
          columns={shown}
          filters={filters}
          change={change}
          retry={(orders) => setRetried(({ time }) => ({ time: time + 1, orders }))}
        />
      )}
      <DialogContainer onDismiss={close}>
        {/* Each time anew: the dialog does its work once. */}
        {retried.orders.length > 0 && <BulkRetry key={retried.time} orders={retried.orders} close={close} />}
      </DialogContainer>
    </>
  );
}
