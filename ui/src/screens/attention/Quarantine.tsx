// What Amazon sent and Fairway could not read: kept aside, and tried again whenever Amazon sends it anew.
import { Button } from "@react-spectrum/s2";

import { api, body, type Schemas } from "../../api/client";
import { useText } from "../../i18n";
import { DataTable } from "../../parts/DataTable";
import { useFormat } from "../../parts/format";
import { usePages } from "../../parts/pages";
import { Panel } from "../../parts/Panel";
import { Empty, ErrorState, Loading } from "../../parts/states";
import { useAccounts } from "../stores/queries";

export function useQuarantine() {
  return usePages<Schemas["Quarantined"]>(["quarantine"], (query) =>
    body(api.GET("/api/v1/quarantine", { params: { query } })),
  );
}

export function Quarantine({ quarantine }: { quarantine: ReturnType<typeof useQuarantine> }) {
  const text = useText();
  const format = useFormat();
  const accounts = useAccounts();
  const { query, items } = quarantine;
  if (query.isPending) return <Loading />;
  if (query.error) return <ErrorState error={query.error} retry={() => void query.refetch()} />;
  if (items.length === 0) return <Empty heading={text("attention.none_quarantine")} />;
  const accountName = (id: string) => accounts.data?.items.find((account) => account.id === id)?.name ?? id;
  return (
    <Panel heading={text("attention.tab_quarantine")} help={text("attention.quarantine_help")}>
      <DataTable
        label={text("attention.tab_quarantine")}
        rows={items}
        keyOf={(item) => item.id}
        columns={[
          {
            id: "order",
            label: text("column.amazon_order"),
            cell: (item) => item.amazon_order_id ?? text("attention.order_unknown"),
          },
          { id: "account", label: text("stores.account"), cell: (item) => accountName(item.account) },
          { id: "error", label: text("attention.unreadable"), cell: (item) => item.error },
          { id: "field", label: text("attention.field"), cell: (item) => item.field },
          {
            id: "times",
            label: text("attention.times"),
            end: true,
            cell: (item) => format.number(item.times_seen),
          },
          {
            id: "first",
            label: text("attention.since"),
            cell: (item) => format.dateTime(item.first_seen_at),
          },
          { id: "last", label: text("attention.last"), cell: (item) => format.dateTime(item.last_seen_at) },
        ]}
      />
      {query.hasNextPage && (
        <Button
          variant="secondary"
          isPending={query.isFetchingNextPage}
          onPress={() => void query.fetchNextPage()}
        >
          {text("action.more")}
        </Button>
      )}
    </Panel>
  );
}
