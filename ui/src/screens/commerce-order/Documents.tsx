// What was made from the order: invoices, shipments with their packages, credit memos.
import type { Schemas } from "../../api/client";
import { useText } from "../../i18n";
import { type CommerceOrder, OriginBadge, Tracking, useQuantities } from "../../parts/commerce";
import { DataTable } from "../../parts/DataTable";
import { useFormat } from "../../parts/format";
import { Nothing, Section } from "../../parts/Sections";

const titlesOf = (order: CommerceOrder) => new Map(order.lines.map((line) => [line.line, line.title]));

export function Invoices({ order }: { order: CommerceOrder }) {
  const text = useText();
  const format = useFormat();
  return (
    <Section title={text("invoices.title")}>
      {order.invoices.length === 0 ? (
        <Nothing>{text("invoices.none")}</Nothing>
      ) : (
        <DataTable
          label={text("invoices.title")}
          rows={order.invoices}
          keyOf={(invoice) => invoice.id}
          columns={[
            { id: "number", label: text("column.number"), cell: (invoice) => invoice.number },
            {
              id: "at",
              kind: "time",
              label: text("column.made"),
              cell: (invoice) => format.dateTime(invoice.created_at),
            },
            {
              id: "total",
              label: text("column.total"),
              kind: "number",
              cell: (invoice) => format.money(invoice.grand_total),
            },
          ]}
        />
      )}
    </Section>
  );
}

interface PackageRow {
  key: string;
  shipment: Schemas["Shipment"];
  package: Schemas["Package"];
}

export function Shipments({ order }: { order: CommerceOrder }) {
  const text = useText();
  const format = useFormat();
  const quantities = useQuantities(titlesOf(order));
  const rows = order.shipments.flatMap((shipment) =>
    shipment.packages.map((each, index): PackageRow => ({
      key: `${shipment.id}/${index}`,
      shipment,
      package: each,
    })),
  );
  return (
    <Section title={text("shipments.title")}>
      {rows.length === 0 ? (
        <Nothing>{text("shipments.none")}</Nothing>
      ) : (
        <DataTable<PackageRow>
          label={text("shipments.title")}
          rows={rows}
          keyOf={(row) => row.key}
          columns={[
            {
              id: "tracking",
              label: text("column.tracking"),
              cell: (row) => <Tracking carrier={row.package.carrier} tracking={row.package.tracking} />,
            },
            {
              id: "carrier",
              label: text("column.carrier"),
              cell: (row) => [row.package.carrier, row.package.service].filter(Boolean).join(" · ") || "–",
            },
            { id: "items", label: text("column.items"), cell: (row) => quantities(row.package.items) },
            {
              id: "shipped",
              label: text("column.shipped_at"),
              kind: "time",
              cell: (row) => format.dateTime(row.package.shipped_at),
            },
            {
              id: "amazon",
              label: text("column.amazon_package"),
              cell: (row) => row.package.amazon_reference ?? "–",
            },
            {
              id: "origin",
              label: text("column.origin"),
              cell: (row) => <OriginBadge origin={row.shipment.origin} />,
            },
          ]}
        />
      )}
    </Section>
  );
}

export function CreditMemos({ order }: { order: CommerceOrder }) {
  const text = useText();
  const format = useFormat();
  const quantities = useQuantities(titlesOf(order));
  return (
    <Section title={text("memos.title")}>
      {order.credit_memos.length === 0 ? (
        <Nothing>{text("memos.none")}</Nothing>
      ) : (
        <DataTable<Schemas["CreditMemo"]>
          label={text("memos.title")}
          rows={order.credit_memos}
          keyOf={(memo) => memo.id}
          columns={[
            { id: "number", label: text("column.number"), cell: (memo) => memo.number },
            {
              id: "at",
              kind: "time",
              label: text("column.made"),
              cell: (memo) => format.dateTime(memo.created_at),
            },
            { id: "items", label: text("column.items"), cell: (memo) => quantities(memo.lines) || "–" },
            {
              id: "shipping",
              label: text("money.shipping"),
              kind: "number",
              cell: (memo) => format.money(memo.parts.shipping),
            },
            {
              id: "adjustment",
              label: text("money.adjustment"),
              kind: "number",
              cell: (memo) => format.money(memo.adjustment),
            },
            {
              id: "total",
              label: text("column.total"),
              kind: "number",
              cell: (memo) => format.money(memo.grand_total),
            },
            {
              id: "stock",
              label: text("column.back_in_stock"),
              cell: (memo) => text(memo.return_to_stock ? "answer.yes" : "answer.no"),
            },
            {
              id: "origin",
              label: text("column.origin"),
              cell: (memo) => <OriginBadge origin={memo.origin} />,
            },
          ]}
        />
      )}
    </Section>
  );
}
