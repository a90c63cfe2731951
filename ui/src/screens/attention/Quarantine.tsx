// Answers of Amazon that could not be read: kept aside, and asked for again when a person wants it.
import { api, body, type Schemas } from "../../api/client";
import { useText } from "../../i18n";
import { useChange } from "../../parts/change";
import { Confirm } from "../../parts/Confirm";
import { DataTable } from "../../parts/DataTable";
import { ExportLink } from "../../parts/ExportLink";
import { useFormat } from "../../parts/format";
import { ListPanel } from "../../parts/ListPanel";
import { usePages, useSome } from "../../parts/pages";
import { Empty } from "../../parts/states";
import { useMay } from "../../shell/session";
import { useAccountName, useStores } from "../stores/queries";

type Quarantined = Schemas["Quarantined"];

const quarantineKey = ["quarantine"];

/** What could not be read is known by its account, not by its store. */
export function useQuarantine(store: string | undefined) {
  const pages = usePages<Quarantined>(quarantineKey, (query) =>
    body(api.GET("/api/v1/quarantine", { params: { query } })),
  );
  const stores = useStores().data?.items ?? [];
  const accountName = useAccountName();
  const account = stores.find((each) => each.id === store)?.account;
  const isShown = (item: Quarantined) =>
    account === undefined || accountName(item.account) === accountName(account);
  return useSome(pages, store === undefined ? null : isShown);
}

function AskAgain({ item }: { item: Quarantined }) {
  const text = useText();
  const order = item.amazon_order_id ?? "";
  const retry = useChange<void, Quarantined>({
    call: () => body(api.POST("/api/v1/quarantine/{id}/retry", { params: { path: { id: item.id } } })),
    touches: [quarantineKey],
    done: () => text("quarantine.asked", { order }),
    toastProblem: true,
  });
  if (item.retry_asked) return text("quarantine.waits");
  return (
    <Confirm
      quiet
      label={text("quarantine.retry")}
      name={text("quarantine.retry_of", { order })}
      title={text("quarantine.retry_title")}
      isPending={retry.isPending}
      onConfirm={() => retry.mutate()}
    >
      {text("quarantine.retry_help", { order })}
    </Confirm>
  );
}

function QuarantineTable({ items }: { items: readonly Quarantined[] }) {
  const text = useText();
  const format = useFormat();
  const operator = useMay("operator");
  const accountName = useAccountName();
  const actions = {
    id: "actions",
    kind: "actions" as const,
    label: text("column.actions"),
    // Amazon can only be asked for an order whose number is known.
    cell: (item: Quarantined) => (item.amazon_order_id === null ? null : <AskAgain item={item} />),
  };
  return (
    <DataTable
      label={text("attention.tab_quarantine")}
      rows={items}
      keyOf={(item) => item.id}
      columns={[
        {
          id: "order",
          kind: "id",
          label: text("column.amazon_order"),
          cell: (item) => item.amazon_order_id ?? text("attention.order_unknown"),
        },
        { id: "account", label: text("stores.account"), cell: (item) => accountName(item.account) },
        { id: "error", label: text("attention.unreadable"), cell: (item) => item.error },
        { id: "field", label: text("attention.field"), cell: (item) => item.field },
        {
          id: "times",
          kind: "number",
          label: text("attention.times"),
          cell: (item) => format.number(item.times_seen),
        },
        {
          id: "first",
          kind: "time",
          label: text("attention.since"),
          cell: (item) => format.listTime(item.first_seen_at),
        },
        {
          id: "last",
          kind: "time",
          label: text("attention.last"),
          cell: (item) => format.listTime(item.last_seen_at),
        },
        ...(operator ? [actions] : []),
      ]}
    />
  );
}

export function Quarantine({ quarantine }: { quarantine: ReturnType<typeof useQuarantine> }) {
  const text = useText();
  return (
    <ListPanel
      heading={text("attention.tab_quarantine")}
      help={text("attention.quarantine_help")}
      actions={<ExportLink list="quarantine" isOfAllStores={quarantine.isSome} />}
      pages={quarantine}
      empty={
        <Empty heading={text("attention.none_quarantine")}>{text("attention.none_quarantine_help")}</Empty>
      }
    >
      {(items) => <QuarantineTable items={items} />}
    </ListPanel>
  );
}
