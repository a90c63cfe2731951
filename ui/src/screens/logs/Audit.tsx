// Who did and who saw what. Filters live in the address.
import { Button, TextField } from "@react-spectrum/s2";
import { style } from "@react-spectrum/s2/style" with { type: "macro" };
import { useQuery } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";

import { api, body, type Schemas } from "../../api/client";
import { type MessageId, useText } from "../../i18n";
import { AnyPicker } from "../../parts/AnyPicker";
import { DataTable } from "../../parts/DataTable";
import { ExportLink } from "../../parts/ExportLink";
import { useFormat } from "../../parts/format";
import { ListPanel } from "../../parts/ListPanel";
import { usePages } from "../../parts/pages";
import { Empty } from "../../parts/states";
import { usersKey } from "../users/UserDialogs";
import { actions, actionWords, actorOf, actorText, detailWords } from "./auditWords";

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

/** Who can be chosen: people, tokens, the command line and Fairway itself. */
function useActors(): { id: string; name: string }[] {
  const actorName = useActorName();
  const all = { params: { query: { limit: 200 } } };
  const users = useQuery({
    queryKey: [...usersKey, "all"],
    queryFn: () => body(api.GET("/api/v1/users", all)),
  });
  const tokens = useQuery({
    queryKey: ["tokens", "all"],
    queryFn: () => body(api.GET("/api/v1/tokens", all)),
  });
  const ids = [
    ...(users.data?.items ?? []).map((user) => actorText("user", user)),
    ...(tokens.data?.items ?? []).map((token) => actorText("token", token)),
    "cli",
    "fairway",
  ];
  return ids.map((id) => ({ id, name: actorName(id) }));
}

/** What is filtered by is among what can be chosen, also if the address names something else. */
const withChosen = (known: readonly { id: string; name: string }[], value: string | undefined) =>
  value === undefined || known.some(({ id }) => id === value)
    ? known
    : [...known, { id: value, name: value }];

function Filters({ filters, change }: FiltersProps) {
  const text = useText();
  const actionText = useActionText();
  const actors = useActors();
  const [object, setObject] = useState(filters.object ?? "");
  const set = (next: AuditFilters) => change(filtersOf({ ...filters, ...next }));
  const known = actions.map((id) => ({ id, name: actionText(id) }));
  return (
    <form
      className={style({ display: "flex", gap: 12, flexWrap: "wrap", alignItems: "end" })}
      onSubmit={(event: FormEvent) => {
        event.preventDefault();
        set({ object });
      }}
    >
      <AnyPicker
        label={text("logs.actor")}
        known={withChosen(actors, filters.actor)}
        value={filters.actor}
        change={(actor) => set({ actor, object })}
      />
      <AnyPicker
        label={text("logs.action")}
        known={withChosen(known, filters.action)}
        value={filters.action}
        change={(action) => set({ action, object })}
      />
      <TextField
        label={text("logs.object")}
        value={object}
        onChange={setObject}
        styles={style({ flexGrow: 1, minWidth: 160, maxWidth: 320 })}
      />
      <Button type="submit" variant="primary">
        {text("logs.filter")}
      </Button>
      <Button
        variant="secondary"
        isDisabled={Object.keys(filters).length === 0}
        onPress={() => {
          setObject("");
          change({});
        }}
      >
        {text("filter.clear")}
      </Button>
    </form>
  );
}

function useActorName() {
  const text = useText();
  return (actor: string): string => {
    const who = actorOf(actor);
    if (who.kind === "other") return actor;
    if (who.kind === "person") return who.name;
    return text(`audit_actor.${who.kind}`, "name" in who ? { name: who.name } : {});
  };
}

function useActionText() {
  const text = useText();
  const detailText = (detail: string) => {
    const words = detailWords(detail);
    if (words === null) return detail;
    const roles = Object.entries(words.params).map(([name, role]) => [
      name,
      text(`role.${role}` as MessageId),
    ]);
    return text(words.id, Object.fromEntries(roles));
  };
  return (action: string): string => {
    const words = actionWords(action);
    if (words === null) return action;
    const fields = words.fields.map(detailText).join(", ");
    const said = text(words.id, { fields });
    // Where the sentence has no place for them.
    return fields === "" || said.includes(fields) ? said : `${said}: ${fields}`;
  };
}

function AuditTable({ entries }: { entries: readonly Schemas["AuditEntry"][] }) {
  const text = useText();
  const format = useFormat();
  const actorName = useActorName();
  const actionText = useActionText();
  return (
    <DataTable
      label={text("logs.tab_audit")}
      rows={entries}
      keyOf={(entry) => String(entry.id)}
      columns={[
        { id: "at", kind: "time", label: text("logs.at"), cell: (entry) => format.listTime(entry.at) },
        { id: "actor", label: text("logs.actor"), cell: (entry) => actorName(entry.actor) },
        { id: "action", label: text("logs.action"), cell: (entry) => actionText(entry.action) },
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
