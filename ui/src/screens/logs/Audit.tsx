// Who did and who saw what. Filters compare the whole text, and live in the address.
import { Button, Cell, Column, Row, TableBody, TableHeader, TableView, TextField } from "@react-spectrum/s2";
import { style } from "@react-spectrum/s2/style" with { type: "macro" };
import { type FormEvent, useState } from "react";

import { api, body, type Schemas } from "../../api/client";
import { useText } from "../../i18n";
import { useFormat } from "../../parts/format";
import { usePages } from "../../parts/pages";
import { Empty, ErrorState } from "../../parts/states";
import { tableStyle } from "../../parts/table";

export interface AuditFilters {
  actor?: string;
  action?: string;
  object?: string;
}

const names = ["actor", "action", "object"] as const;

function filtersOf(typed: AuditFilters): AuditFilters {
  const filters: AuditFilters = {};
  for (const name of names) {
    const value = typed[name]?.trim();
    if (value !== undefined && value !== "") filters[name] = value;
  }
  return filters;
}

function Filters({ filters, change }: { filters: AuditFilters; change: (next: AuditFilters) => void }) {
  const text = useText();
  const [typed, setTyped] = useState(filters);
  return (
    <form
      className={style({ display: "flex", gap: 12, flexWrap: "wrap", alignItems: "end", marginBottom: 16 })}
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

export function Audit({ filters, change }: { filters: AuditFilters; change: (next: AuditFilters) => void }) {
  const text = useText();
  const format = useFormat();
  const pages = usePages<Schemas["AuditEntry"]>(["audit", filters], (query) =>
    body(api.GET("/api/v1/audit", { params: { query: { ...query, ...filters } } })),
  );
  if (pages.query.error)
    return <ErrorState error={pages.query.error} retry={() => void pages.query.refetch()} />;
  return (
    <>
      <Filters filters={filters} change={change} />
      <TableView aria-label={text("logs.tab_audit")} overflowMode="wrap" styles={tableStyle} {...pages.table}>
        <TableHeader>
          <Column id="at" isRowHeader minWidth={160}>
            {text("logs.at")}
          </Column>
          <Column id="actor" minWidth={180}>
            {text("logs.actor")}
          </Column>
          <Column id="action" minWidth={180}>
            {text("logs.action")}
          </Column>
          <Column id="object" minWidth={240}>
            {text("logs.object")}
          </Column>
        </TableHeader>
        <TableBody items={pages.items} renderEmptyState={() => <Empty heading={text("logs.no_audit")} />}>
          {(entry) => (
            <Row id={entry.id}>
              <Cell>{format.dateTime(entry.at)}</Cell>
              <Cell>{entry.actor}</Cell>
              <Cell>{entry.action}</Cell>
              <Cell>{entry.object}</Cell>
            </Row>
          )}
        </TableBody>
      </TableView>
    </>
  );
}
