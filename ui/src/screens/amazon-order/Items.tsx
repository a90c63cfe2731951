// What was ordered on Amazon, line by line.
import { style } from "@react-spectrum/s2/style" with { type: "macro" };

import type { Schemas } from "../../api/client";
import { useText } from "../../i18n";
import { DataTable } from "../../parts/DataTable";
import { useFormat } from "../../parts/format";
import type { AmazonOrder } from "../../parts/orders";
import { Section } from "../../parts/Sections";

type Item = Schemas["AmazonOrderItem"];

function Product({ item }: { item: Item }) {
  const text = useText();
  return (
    <>
      <div>{item.title ?? item.seller_sku ?? item.order_item_id}</div>
      <div className={style({ font: "detail-sm", color: "gray-700" })}>
        {text("items.skus", { seller: item.seller_sku ?? "–", asin: item.asin ?? "–" })}
      </div>
    </>
  );
}

export function Items({ order }: { order: AmazonOrder }) {
  const text = useText();
  const format = useFormat();
  const counts = ["ordered", "shipped", "cancelled"] as const;
  return (
    <Section title={text("items.title")}>
      <DataTable<Item>
        label={text("items.title")}
        rows={order.items}
        keyOf={(item) => String(item.line)}
        columns={[
          { id: "product", label: text("lines.product"), cell: (item) => <Product item={item} /> },
          ...counts.map((count) => ({
            id: count,
            label: text(`lines.${count}`),
            kind: "number" as const,
            cell: (item: Item) => format.number(item[`quantity_${count}`]),
          })),
          {
            id: "price",
            label: text("money.item"),
            kind: "number",
            cell: (item) => format.money(item.proceeds?.item),
          },
          { id: "id", label: text("items.order_item_id"), cell: (item) => item.order_item_id },
        ]}
      />
    </Section>
  );
}
