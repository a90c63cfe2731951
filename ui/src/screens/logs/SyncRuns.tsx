// Runs of sync, newest first; a run that failed says why.
import { Cell, Column, Row, StatusLight, TableBody, TableHeader, TableView } from "@react-spectrum/s2";

import { api, body, type Schemas } from "../../api/client";
import { type MessageId, useText } from "../../i18n";
import { useFormat } from "../../parts/format";
import { usePages } from "../../parts/pages";
import { Empty, ErrorState } from "../../parts/states";
import { tableStyle } from "../../parts/table";
import { useStores } from "../stores/queries";

type Run = Schemas["SyncRun"];

const kLookMs = 10_000;
const tones = { running: "informative", done: "positive", failed: "negative" } as const;

export function SyncRuns() {
  const text = useText();
  const format = useFormat();
  const stores = useStores();
  const pages = usePages<Run>(
    ["sync-runs", "list"],
    (query) => body(api.GET("/api/v1/sync-runs", { params: { query } })),
    { refetchInterval: kLookMs },
  );
  if (pages.query.error)
    return <ErrorState error={pages.query.error} retry={() => void pages.query.refetch()} />;
  const storeName = (id: string | null) =>
    id === null ? text("logs.all_stores") : (stores.data?.items.find((store) => store.id === id)?.name ?? id);
  return (
    <TableView aria-label={text("logs.tab_sync")} overflowMode="wrap" styles={tableStyle} {...pages.table}>
      <TableHeader>
        <Column id="started" isRowHeader minWidth={160}>
          {text("logs.started")}
        </Column>
        <Column id="state" minWidth={120}>
          {text("column.status")}
        </Column>
        <Column id="store" minWidth={130}>
          {text("column.store")}
        </Column>
        <Column id="read" align="end" minWidth={100}>
          {text("logs.orders_read")}
        </Column>
        <Column id="changed" align="end" minWidth={100}>
          {text("logs.orders_changed")}
        </Column>
        <Column id="finished" minWidth={160}>
          {text("logs.finished")}
        </Column>
        <Column id="error" minWidth={240}>
          {text("logs.error")}
        </Column>
      </TableHeader>
      <TableBody items={pages.items} renderEmptyState={() => <Empty heading={text("logs.no_runs")} />}>
        {(run) => (
          <Row id={run.id}>
            <Cell>{format.dateTime(run.started_at)}</Cell>
            <Cell>
              <StatusLight size="S" variant={tones[run.state]}>
                {text(`sync_state.${run.state}` as MessageId)}
              </StatusLight>
            </Cell>
            <Cell>{storeName(run.store)}</Cell>
            <Cell align="end">{format.number(run.orders_read)}</Cell>
            <Cell align="end">{format.number(run.orders_changed)}</Cell>
            <Cell>{format.dateTime(run.finished_at)}</Cell>
            <Cell>{run.error ?? ""}</Cell>
          </Row>
        )}
      </TableBody>
    </TableView>
  );
}
