// Calls of Amazon that failed, newest first. The same failure several times in a row is one entry.
import { style } from "@react-spectrum/s2/style" with { type: "macro" };

import { api, body, type Schemas } from "../../api/client";
import { useText } from "../../i18n";
import { AnyPicker } from "../../parts/AnyPicker";
import { DataTable } from "../../parts/DataTable";
import { ExportLink } from "../../parts/ExportLink";
import { useFormat } from "../../parts/format";
import { ListPanel } from "../../parts/ListPanel";
import { usePages } from "../../parts/pages";
import { Empty } from "../../parts/states";
import { useAccountName, useAccounts } from "../stores/queries";

type Entry = Schemas["CommunicationError"];

const kLookMs = 30_000;

function ErrorTable({ entries }: { entries: readonly Entry[] }) {
  const text = useText();
  const format = useFormat();
  const accountName = useAccountName();
  return (
    <DataTable
      label={text("logs.tab_errors")}
      rows={entries}
      keyOf={(entry) => entry.id}
      columns={[
        {
          id: "last",
          kind: "time",
          label: text("attention.last"),
          cell: (entry) => format.listTime(entry.last_at),
        },
        { id: "account", label: text("stores.account"), cell: (entry) => accountName(entry.account) },
        { id: "operation", label: text("logs.operation"), cell: (entry) => entry.operation },
        {
          id: "status",
          kind: "number",
          label: text("logs.http_status"),
          cell: (entry) => (entry.status === null ? "–" : String(entry.status)),
        },
        { id: "text", label: text("logs.what_happened"), cell: (entry) => entry.text },
        {
          id: "times",
          kind: "number",
          label: text("attention.times"),
          cell: (entry) => format.number(entry.times),
        },
        {
          id: "first",
          kind: "time",
          label: text("attention.since"),
          cell: (entry) => format.listTime(entry.first_at),
        },
        { id: "request", label: text("logs.request_id"), cell: (entry) => entry.request_id ?? "–" },
      ]}
    />
  );
}

interface CommunicationErrorsProps {
  account: string | undefined;
  change: (account: string | undefined) => void;
}

export function CommunicationErrors({ account, change }: CommunicationErrorsProps) {
  const text = useText();
  const accounts = useAccounts().data?.items ?? [];
  const filter = account === undefined ? {} : { account };
  const pages = usePages<Entry>(
    ["communication-errors", account ?? null],
    (query) => body(api.GET("/api/v1/communication-errors", { params: { query: { ...query, ...filter } } })),
    { refetchInterval: kLookMs },
  );
  return (
    <ListPanel
      heading={text("logs.tab_errors")}
      help={text("logs.errors_help")}
      actions={<ExportLink list="communication-errors" query={filter} />}
      above={
        <div className={style({ display: "flex" })}>
          <AnyPicker
            label={text("stores.account")}
            known={accounts}
            value={account}
            change={(next) => change(next === "" ? undefined : next)}
          />
        </div>
      }
      pages={pages}
      empty={<Empty heading={text("logs.no_errors")}>{text("logs.no_errors_help")}</Empty>}
    >
      {(entries) => <ErrorTable entries={entries} />}
    </ListPanel>
  );
}
