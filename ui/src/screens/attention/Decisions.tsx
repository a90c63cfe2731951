// What only a person can decide about an order; closed once it is dealt with.
import { Button, Link } from "@react-spectrum/s2";

import { api, body, type Schemas } from "../../api/client";
import { useLanguage, useText } from "../../i18n";
import { useChange } from "../../parts/change";
import { Confirm } from "../../parts/Confirm";
import { DataTable } from "../../parts/DataTable";
import { useFormat } from "../../parts/format";
import { orderPath } from "../../parts/links";
import { usePages } from "../../parts/pages";
import { Panel } from "../../parts/Panel";
import { Empty, ErrorState, Loading } from "../../parts/states";
import { useMay } from "../../shell/session";
import { useStores } from "../stores/queries";

type Item = Schemas["Attention"];

export function useDecisions() {
  const { language } = useLanguage();
  return usePages<Item>(["attention", language], (query) =>
    body(api.GET("/api/v1/attention", { params: { query } })),
  );
}

function Close({ item }: { item: Item }) {
  const text = useText();
  const close = useChange({
    call: () => body(api.POST("/api/v1/attention/{id}/close", { params: { path: { id: item.id } } })),
    touches: [["attention"]],
    done: () => text("attention.closed", { order: item.amazon_order_id }),
    toastProblem: true,
  });
  return (
    <Confirm
      quiet
      label={text("attention.close")}
      name={text("attention.close_of", { order: item.amazon_order_id })}
      title={text("attention.close_title")}
      isPending={close.isPending}
      onConfirm={() => close.mutate()}
    >
      {text("attention.close_help", { order: item.amazon_order_id })}
    </Confirm>
  );
}

export function Decisions({ decisions }: { decisions: ReturnType<typeof useDecisions> }) {
  const text = useText();
  const format = useFormat();
  const operator = useMay("operator");
  const stores = useStores();
  const { query, items } = decisions;
  if (query.isPending) return <Loading />;
  if (query.error) return <ErrorState error={query.error} retry={() => void query.refetch()} />;
  if (items.length === 0) return <Empty heading={text("attention.none_decisions")} />;
  const storeName = (id: string) => stores.data?.items.find((store) => store.id === id)?.name ?? id;
  const actions = {
    id: "actions",
    label: text("column.actions"),
    cell: (item: Item) => <Close item={item} />,
  };
  return (
    <Panel heading={text("attention.tab_decisions")} help={text("attention.decisions_help")}>
      <DataTable
        label={text("attention.tab_decisions")}
        rows={items}
        keyOf={(item) => item.id}
        columns={[
          {
            id: "order",
            label: text("column.amazon_order"),
            cell: (item) => <Link href={orderPath(item)}>{item.amazon_order_id}</Link>,
          },
          { id: "store", label: text("column.store"), cell: (item) => storeName(item.store) },
          { id: "text", label: text("attention.what"), cell: (item) => item.text },
          { id: "at", label: text("attention.since"), cell: (item) => format.dateTime(item.opened_at) },
          ...(operator ? [actions] : []),
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
