// All Amazon orders in one grid. Filters and sorting are in the address; pages come as one scrolls.
import { DialogContainer } from "@react-spectrum/s2";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useMemo, useState } from "react";

import { useText } from "../../i18n";
import { NewOrders } from "../../parts/NewOrders";
import type { AmazonOrder } from "../../parts/orders";
import { ProblemAlert } from "../../parts/problems";
import { ErrorState } from "../../parts/states";
import { Title } from "../../parts/Title";
import type { OrderFilters } from "../../routes";
import { BulkRetry } from "./BulkRetry";
import { chosenColumns } from "./columns";
import { Filters } from "./Filters";
import { setOf, without } from "./filterValues";
import { Grid } from "./Grid";
import { ColumnMenu, ViewMenu } from "./GridMenus";
import { useKept } from "./kept";
import { useNews, useReplace, useRows } from "./rows";

export function AmazonOrders() {
  const text = useText();
  const navigate = useNavigate({ from: "/amazon-orders" });
  const filters = useSearch({ from: "/shell/amazon-orders" });
  const kept = useKept();
  const columns = useMemo(() => chosenColumns(kept.columns), [kept.columns]);
  const [retried, setRetried] = useState<AmazonOrder[]>([]);
  const { query, queryKey, rows } = useRows(filters);
  const news = useNews(filters, queryKey, rows);
  const replace = useReplace(queryKey);
  const change = (next: OrderFilters) => void navigate({ search: next });
  return (
    <>
      <Title>{text("nav.amazon_orders")}</Title>
      <Filters filters={filters} change={change}>
        <ColumnMenu shown={columns} choose={(ids) => void kept.change({ columns: ids })} />
        <ViewMenu kept={kept} shown={columns} filters={filters} open={change} />
      </Filters>
      <NewOrders news={news} />
      {rows.length > 0 && <ProblemAlert error={query.error} />}
      {query.error && rows.length === 0 ? (
        <ErrorState error={query.error} retry={() => void query.refetch()} />
      ) : (
        <Grid
          // Another list begins without a selection; another order of it keeps it, and the focus.
          key={JSON.stringify(setOf(filters))}
          query={query}
          rows={rows}
          columns={columns}
          isFiltered={setOf(filters).length > 0}
          sort={filters.sort}
          changeSort={(sort) =>
            change(sort === undefined ? without(filters, new Set(["sort"])) : { ...filters, sort })
          }
          retry={setRetried}
        />
      )}
      <DialogContainer onDismiss={() => setRetried([])}>
        {retried.length > 0 && <BulkRetry orders={retried} replace={replace} close={() => setRetried([])} />}
      </DialogContainer>
    </>
  );
}
