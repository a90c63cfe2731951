// What Amazon knows of the parcels.
import type { Schemas } from "../../api/client";
import { useText } from "../../i18n";
import { Tracking, useQuantities } from "../../parts/commerce";
import { DataTable } from "../../parts/DataTable";
import { useFormat } from "../../parts/format";
import type { AmazonOrder } from "../../parts/orders";
import { Nothing, Section } from "../../parts/Sections";

export function Packages({ order }: { order: AmazonOrder }) {
  const text = useText();
  const format = useFormat();
  const quantities = useQuantities(
    new Map(order.items.map((item) => [item.line, item.title ?? item.seller_sku ?? item.order_item_id])),
  );
  return (
    <Section title={text("packages.title")}>
      {order.packages.length === 0 ? (
        <Nothing>{text("packages.none")}</Nothing>
      ) : (
        <DataTable<Schemas["AmazonPackage"]>
          label={text("packages.title")}
          rows={order.packages}
          keyOf={(each) => each.reference_id}
          columns={[
            { id: "reference", label: text("column.amazon_package"), cell: (each) => each.reference_id },
            {
              id: "tracking",
              label: text("column.tracking"),
              cell: (each) => <Tracking carrier={each.carrier} tracking={each.tracking} />,
            },
            {
              id: "carrier",
              label: text("column.carrier"),
              cell: (each) => [each.carrier, each.service].filter(Boolean).join(" · ") || "–",
            },
            { id: "items", label: text("column.items"), cell: (each) => quantities(each.items) },
            {
              id: "shipped",
              label: text("column.shipped_at"),
              kind: "time",
              cell: (each) => format.dateTime(each.shipped_at),
            },
            { id: "status", label: text("column.status"), cell: (each) => each.status ?? "–" },
          ]}
        />
      )}
    </Section>
  );
}
