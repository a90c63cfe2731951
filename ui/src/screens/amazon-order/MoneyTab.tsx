// Amazon's money and the commerce order's, side by side; what differs is marked.
import { Content, Heading, InlineAlert } from "@react-spectrum/s2";
import { style } from "@react-spectrum/s2/style" with { type: "macro" };
import { useQuery } from "@tanstack/react-query";

import { api, body } from "../../api/client";
import { useLanguage, useText } from "../../i18n";
import { commerceKey } from "../../parts/commerce";
import { addsUp, compareLines, compareTotals, type Comparison } from "../../parts/compare";
import { DataTable } from "../../parts/DataTable";
import { type Money, useSigned } from "../../parts/format";
import { Mark } from "../../parts/Mark";
import type { AmazonOrder } from "../../parts/orders";
import { Nothing, Section } from "../../parts/Sections";
import { ErrorState, Loading } from "../../parts/states";

function ComparisonTable({ label, rows }: { label: string; rows: readonly Comparison[] }) {
  const text = useText();
  const signed = useSigned();
  const amount = (row: Comparison, money: Money | null) => (money === null ? "–" : signed(row.name, money));
  return (
    <DataTable<Comparison>
      label={label}
      rows={rows}
      keyOf={(row) => row.name}
      columns={[
        { id: "part", label: text("compare.part"), cell: (row) => text(`money.${row.name}`) },
        {
          id: "amazon",
          label: text("compare.amazon"),
          kind: "number",
          cell: (row) => amount(row, row.amazon),
        },
        {
          id: "commerce",
          label: text("compare.commerce"),
          kind: "number",
          cell: (row) => amount(row, row.commerce),
        },
        {
          id: "difference",
          label: text("compare.difference"),
          kind: "number",
          cell: (row) =>
            row.differs ? (
              <Mark tone="negative">
                {row.difference === null ? text("compare.currency") : amount(row, row.difference)}
              </Mark>
            ) : null,
        },
      ]}
    />
  );
}

export function MoneyTab({ order }: { order: AmazonOrder }) {
  const text = useText();
  const { language } = useLanguage();
  const id = order.commerce_order?.id ?? null;
  const commerce = useQuery({
    queryKey: [...commerceKey, "one", id, language],
    queryFn: () =>
      body(
        api.GET("/api/v1/commerce-orders/{id}", {
          params: { path: { id: id ?? "" }, query: { personal_data: false } },
        }),
      ),
    enabled: id !== null,
  });
  if (id !== null && commerce.isPending) return <Loading />;
  if (commerce.error)
    return <ErrorState isPart error={commerce.error} retry={() => void commerce.refetch()} />;
  const other = commerce.data ?? null;
  const lines = compareLines(order, other);
  const totals = compareTotals(order, other);
  const differs = [...lines.flatMap((line) => line.rows), ...totals].some((row) => row.differs);
  return (
    <Section title={text("compare.title")}>
      <div className={style({ display: "flex", flexDirection: "column", gap: 24, minWidth: 0 })}>
        {other === null && <Nothing>{text("compare.no_order")}</Nothing>}
        {!addsUp(order) && (
          <InlineAlert variant="notice">
            <Heading>{text("compare.mismatch")}</Heading>
            <Content>{text("compare.mismatch_help")}</Content>
          </InlineAlert>
        )}
        {other !== null && <Nothing>{text(differs ? "compare.differs" : "compare.agrees")}</Nothing>}
        <div className={style({ minWidth: 0 })}>
          <h3 className={style({ font: "title", margin: 0, marginBottom: 8 })}>{text("compare.order")}</h3>
          <ComparisonTable label={text("compare.order")} rows={totals} />
        </div>
        {lines.map((line) => (
          <div key={line.key} className={style({ minWidth: 0 })}>
            <h3 className={style({ font: "title", margin: 0, marginBottom: 8 })}>{line.title}</h3>
            <ComparisonTable label={line.title} rows={line.rows} />
          </div>
        ))}
      </div>
    </Section>
  );
}
