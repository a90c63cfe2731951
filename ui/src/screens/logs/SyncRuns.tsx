// Runs of sync, newest first; a run that failed says why.
import { StatusLight } from "@react-spectrum/s2";

import { api, body, type Schemas } from "../../api/client";
import { type MessageId, useText } from "../../i18n";
import { DataTable } from "../../parts/DataTable";
import { ExportLink } from "../../parts/ExportLink";
import { useFormat } from "../../parts/format";
import { ListPanel } from "../../parts/ListPanel";
import { usePages } from "../../parts/pages";
import { Empty } from "../../parts/states";
import { useStoreName } from "../stores/queries";

type Run = Schemas["SyncRun"];

const kLookMs = 10_000;
const tones = { running: "informative", done: "positive", failed: "negative" } as const;

function RunTable({ runs }: { runs: readonly Run[] }) {
  const text = useText();
  const format = useFormat();
  const storeName = useStoreName();
  return (
    <DataTable
      label={text("logs.tab_sync")}
      rows={runs}
      keyOf={(run) => run.id}
      columns={[
        {
          id: "started",
          kind: "time",
          label: text("logs.started"),
          cell: (run) => format.listTime(run.started_at),
        },
        {
          id: "state",
          label: text("column.status"),
          cell: (run) => (
            <StatusLight size="S" variant={tones[run.state]}>
              {text(`sync_state.${run.state}` as MessageId)}
            </StatusLight>
          ),
        },
        {
          id: "store",
          label: text("column.store"),
          cell: (run) => (run.store === null ? text("logs.all_stores") : storeName(run.store)),
        },
        {
          id: "read",
          kind: "number",
          label: text("logs.orders_read"),
          cell: (run) => format.number(run.orders_read),
        },
        {
          id: "changed",
          kind: "number",
          label: text("logs.orders_changed"),
          cell: (run) => format.number(run.orders_changed),
        },
        {
          id: "finished",
          kind: "time",
          label: text("logs.finished"),
          cell: (run) => format.listTime(run.finished_at),
        },
        { id: "error", label: text("logs.error"), cell: (run) => run.error ?? "" },
      ]}
    />
  );
}

export function SyncRuns() {
  const text = useText();
  const pages = usePages<Run>(
    ["sync-runs", "list"],
    (query) => body(api.GET("/api/v1/sync-runs", { params: { query } })),
    { refetchInterval: kLookMs },
  );
  return (
    <ListPanel
      heading={text("logs.tab_sync")}
      actions={<ExportLink list="sync-runs" />}
      pages={pages}
      empty={<Empty heading={text("logs.no_runs")}>{text("logs.no_runs_help")}</Empty>}
    >
      {(runs) => <RunTable runs={runs} />}
    </ListPanel>
  );
}
