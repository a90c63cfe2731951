// Amazon's parts beside the total that Amazon states, and the way to import the order with its parts.
import { style } from "@react-spectrum/s2/style" with { type: "macro" };

import { api, body, type Schemas } from "../../api/client";
import { useText } from "../../i18n";
import { useChange } from "../change";
import { comparedParts, partsOf } from "../compare";
import { DataTable } from "../DataTable";
import { type Money, useFormat, useSigned } from "../format";
import { FormDialog } from "../FormDialog";
import { subtract } from "../money";
import { touches } from "../orderData";
import type { AmazonOrder } from "../orders";

interface AmountRow {
  name: string;
  label: string;
  parts: string;
  stated: string;
}

function useRows(order: AmazonOrder, amounts: Schemas["Amounts"]): AmountRow[] {
  const text = useText();
  const format = useFormat();
  const signed = useSigned();
  const parts = partsOf(order, order.block?.line ?? null);
  const each = comparedParts.map((name): AmountRow => {
    const money: Money | null = parts?.[name] ?? null;
    const shown = money === null ? "–" : signed(name, money);
    return { name, label: text(`money.${name}`), parts: shown, stated: "" };
  });
  const { parts: sum, stated } = amounts;
  return [
    ...each,
    { name: "sum", label: text("fix.total"), parts: format.money(sum), stated: format.money(stated) },
    {
      name: "difference",
      label: text("compare.difference"),
      parts: "",
      stated: format.money(subtract(stated, sum)),
    },
  ];
}

export function MoneyDialog({ order, amounts }: { order: AmazonOrder; amounts: Schemas["Amounts"] }) {
  const text = useText();
  const { store, amazon_order_id } = order;
  const rows = useRows(order, amounts);
  const importAnyway = useChange<() => void, AmazonOrder>({
    call: () =>
      body(
        api.POST("/api/v1/amazon-orders/{store}/{amazon_order_id}/import-anyway", {
          params: { path: { store, amazon_order_id } },
          // If Amazon shows others by now, nobody has decided about those.
          body: { amounts },
        }),
      ),
    touches,
    done: () => text("fix.imported", { number: amazon_order_id }),
    after: (_order, close) => close(),
  });
  return (
    <FormDialog
      title={text("fix.money_title", { number: amazon_order_id })}
      submit={text("fix.import_anyway")}
      error={importAnyway.error}
      isPending={importAnyway.isPending}
      onSubmit={(close) => importAnyway.mutate(close)}
    >
      <DataTable
        label={text("fix.money_title", { number: amazon_order_id })}
        rows={rows}
        keyOf={(row) => row.name}
        columns={[
          { id: "part", label: text("compare.part"), cell: (row) => row.label },
          { id: "parts", label: text("fix.parts"), kind: "number", cell: (row) => row.parts },
          { id: "stated", label: text("fix.stated"), kind: "number", cell: (row) => row.stated },
        ]}
      />
      <p className={style({ margin: 0 })}>{text("fix.import_anyway_help")}</p>
    </FormDialog>
  );
}
