// The lines of a commerce order with their quantities and money, and what they add up to.
import { style } from "@react-spectrum/s2/style" with { type: "macro" };

import { useText } from "../../i18n";
import type { CommerceLine, CommerceOrder } from "../../parts/commerce";
import { DataTable } from "../../parts/DataTable";
import { useFormat, useSigned } from "../../parts/format";
import { Section } from "../../parts/Sections";

/** The parts of money in the order in which people add them up. */
const moneyParts = ["item", "shipping", "gift_wrap", "tax", "discount", "other"] as const;

function Product({ line }: { line: CommerceLine }) {
  const text = useText();
  return (
    <>
      <div>{line.title}</div>
      <div className={style({ font: "detail-sm", color: "gray-700" })}>
        {text("lines.skus", { product: line.product_sku, seller: line.seller_sku })}
      </div>
      {line.units !== 1 && (
        <div className={style({ font: "detail-sm", color: "gray-700" })}>
          {text("lines.product_units", { units: line.units })}
        </div>
      )}
    </>
  );
}

export function Lines({ order }: { order: CommerceOrder }) {
  const text = useText();
  const format = useFormat();
  const signed = useSigned();
  const counts = ["ordered", "shipped", "refunded", "cancelled"] as const;
  return (
    <Section title={text("lines.title")}>
      <DataTable<CommerceLine>
        label={text("lines.title")}
        rows={order.lines}
        keyOf={(line) => String(line.line)}
        columns={[
          { id: "product", label: text("lines.product"), cell: (line) => <Product line={line} /> },
          ...counts.map((count) => ({
            id: count,
            label: text(`lines.${count}`),
            kind: "number" as const,
            cell: (line: CommerceLine) => format.number(line[`quantity_${count}`]),
          })),
          ...moneyParts.map((part) => ({
            id: part,
            label: text(`money.${part}`),
            kind: "number" as const,
            cell: (line: CommerceLine) => signed(part, line[part]),
          })),
        ]}
      />
    </Section>
  );
}

export function Totals({ order }: { order: CommerceOrder }) {
  const text = useText();
  const format = useFormat();
  const signed = useSigned();
  return (
    <Section title={text("totals.title")}>
      <dl
        className={style({
          display: "grid",
          gridTemplateColumns: "1fr auto",
          columnGap: 24,
          rowGap: 4,
          margin: 0,
          padding: 16,
          maxWidth: 400,
          backgroundColor: "base",
          borderRadius: "lg",
          borderWidth: 1,
          borderStyle: "solid",
          borderColor: "gray-200",
          font: "ui",
        })}
      >
        {moneyParts.map((part) => (
          <div key={part} className={style({ display: "contents" })}>
            <dt>{text(`money.${part}`)}</dt>
            <dd className={style({ margin: 0, textAlign: "end" })}>{signed(part, order.totals[part])}</dd>
          </div>
        ))}
        <dt className={style({ fontWeight: "bold" })}>{text("money.grand_total")}</dt>
        <dd className={style({ margin: 0, textAlign: "end", fontWeight: "bold" })}>
          {format.money(order.totals.grand_total)}
        </dd>
      </dl>
    </Section>
  );
}
