// What only a person can decide about an order; closed once it is dealt with.
import { Link } from "@react-spectrum/s2";

import { api, body, type Schemas } from "../../api/client";
import { useLanguage, useText } from "../../i18n";
import { useChange } from "../../parts/change";
import { Confirm } from "../../parts/Confirm";
import { DataTable } from "../../parts/DataTable";
import { ExportLink } from "../../parts/ExportLink";
import { useFormat } from "../../parts/format";
import { orderPath } from "../../parts/links";
import { ListPanel } from "../../parts/ListPanel";
import { usePages, useSome } from "../../parts/pages";
import { Empty } from "../../parts/states";
import { useMay } from "../../shell/session";
import { useStoreName } from "../stores/queries";

type Item = Schemas["Attention"];

export function useDecisions(store: string | undefined) {
  const { language } = useLanguage();
  const pages = usePages<Item>(["attention", language], (query) =>
    body(api.GET("/api/v1/attention", { params: { query } })),
  );
  return useSome(pages, store === undefined ? null : (item) => item.store === store);
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

function DecisionTable({ items }: { items: readonly Item[] }) {
  const text = useText();
  const format = useFormat();
  const operator = useMay("operator");
  const storeName = useStoreName();
  const actions = {
    id: "actions",
    kind: "actions" as const,
    label: text("column.actions"),
    cell: (item: Item) => <Close item={item} />,
  };
  return (
    <DataTable
      label={text("attention.tab_decisions")}
      rows={items}
      keyOf={(item) => item.id}
      columns={[
        {
          id: "order",
          kind: "id",
          label: text("column.amazon_order"),
          cell: (item) => <Link href={orderPath(item)}>{item.amazon_order_id}</Link>,
        },
        { id: "store", label: text("column.store"), cell: (item) => storeName(item.store) },
        { id: "text", label: text("attention.what"), cell: (item) => item.text },
        {
          id: "at",
          kind: "time",
          label: text("attention.since"),
          cell: (item) => format.listTime(item.opened_at),
        },
        ...(operator ? [actions] : []),
      ]}
    />
  );
}

export function Decisions({ decisions }: { decisions: ReturnType<typeof useDecisions> }) {
  const text = useText();
  return (
    <ListPanel
      heading={text("attention.tab_decisions")}
      help={text("attention.decisions_help")}
      actions={<ExportLink list="attention" isOfAllStores={decisions.isSome} />}
      pages={decisions}
      empty={
        <Empty heading={text("attention.none_decisions")}>{text("attention.none_decisions_help")}</Empty>
      }
    >
      {(items) => <DecisionTable items={items} />}
    </ListPanel>
  );
}
