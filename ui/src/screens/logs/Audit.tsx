// Who did and who saw what. Filters compare the whole text, and live in the address.
import { Button, TextField } from "@react-spectrum/s2";
import { style } from "@react-spectrum/s2/style" with { type: "macro" };
import { type FormEvent, useState } from "react";

import { api, body, type Schemas } from "../../api/client";
import { useText } from "../../i18n";
import { DataTable } from "../../parts/DataTable";
import { ExportLink } from "../../parts/ExportLink";
import { useFormat } from "../../parts/format";
import { ListPanel } from "../../parts/ListPanel";
import { usePages } from "../../parts/pages";
import { Empty } from "../../parts/states";

const names = ["actor", "action", "object"] as const;
export type AuditFilters = { [Name in (typeof names)[number]]?: string };

function filtersOf(typed: AuditFilters): AuditFilters {
  const set = names.map((name) => [name, typed[name]?.trim() ?? ""] as const);
  return Object.fromEntries(set.filter(([, value]) => value !== ""));
}

interface FiltersProps {
  filters: AuditFilters;
  change: (next: AuditFilters) => void;
}

function Filters({ filters, change }: FiltersProps) {
  const text = useText();
  const [typed, setTyped] = useState(filters);
  return (
    <form
      className={style({ display: "flex", gap: 12, flexWrap: "wrap", alignItems: "end" })}
      onSubmit={(event: FormEvent) => {
        event.preventDefault();
        change(filtersOf(typed));
      }}
    >
      {names.map((name) => (
        <TextField
          key={name}
          label={text(`logs.${name}`)}
          value={typed[name] ?? ""}
          onChange={(value) => setTyped((before) => ({ ...before, [name]: value }))}
          styles={style({ flexGrow: 1, minWidth: 160, maxWidth: 320 })}
        />
      ))}
      <Button type="submit" variant="primary">
        {text("logs.filter")}
      </Button>
      <Button
        variant="secondary"
        isDisabled={Object.keys(filters).length === 0}
        onPress={() => {
          setTyped({});
          change({});
        }}
      >
        {text("filter.clear")}
      </Button>
    </form>
  );
}

function AuditTable({ entries }: { entries: readonly Schemas["AuditEntry"][] }) {
  const text = useText();
  const format = useFormat();
  return (
    <DataTable
      label={text("logs.tab_audit")}
      rows={entries}
      keyOf={(entry) => String(entry.id)}
      columns={[
        { id: "at", kind: "time", label: text("logs.at"), cell: (entry) => format.listTime(entry.at) },
        { id: "actor", label: text("logs.actor"), cell: (entry) => entry.actor },
        { id: "action", label: text("logs.action"), cell: (entry) => entry.action },
        { id: "object", label: text("logs.object"), cell: (entry) => entry.object },
      ]}
    />
  );
}

export function Audit({ filters, change }: FiltersProps) {
  const text = useText();
  const set = filtersOf(filters);
  const pages = usePages<Schemas["AuditEntry"]>(["audit", set], (query) =>
    body(api.GET("/api/v1/audit", { params: { query: { ...query, ...set } } })),
  );
  return (
    <ListPanel
      heading={text("logs.tab_audit")}
      help={text("logs.audit_help")}
      actions={<ExportLink list="audit" query={set} />}
      above={<Filters filters={set} change={change} />}
      pages={pages}
      empty={<Empty heading={text("logs.no_audit")}>{text("logs.no_audit_help")}</Empty>}
    >
      {(entries) => <AuditTable entries={entries} />}
    </ListPanel>
  );
}
