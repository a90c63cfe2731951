// What was sold day by day: a line, and the same figures as a table for who prefers them.
import { SegmentedControl, SegmentedControlItem, ToggleButton } from "@react-spectrum/s2";
import { style } from "@react-spectrum/s2/style" with { type: "macro" };
import { useState } from "react";

import type { Schemas } from "../../api/client";
import { useText } from "../../i18n";
import { DataTable } from "../../parts/DataTable";
import { Fact, Facts } from "../../parts/Facts";
import { useFormat } from "../../parts/format";
import { sumOf } from "../../parts/money";
import { Panel } from "../../parts/Panel";
import { RevenueChart } from "./RevenueChart";

type Day = Schemas["RevenueDay"];

const spans = ["7", "30"] as const;
type Span = (typeof spans)[number];

function DayTable({ days, label }: { days: readonly Day[]; label: string }) {
  const text = useText();
  const format = useFormat();
  return (
    <DataTable
      label={label}
      // The newest day is the one that is looked for.
      rows={[...days].reverse()}
      keyOf={(day) => day.day}
      columns={[
        { id: "day", kind: "time", label: text("revenue.day"), cell: (day) => format.day(day.day) },
        { id: "total", kind: "number", label: text("revenue.sales"), cell: (day) => format.money(day.total) },
        {
          id: "orders",
          kind: "number",
          label: text("revenue.orders"),
          cell: (day) => format.number(day.orders),
        },
      ]}
    />
  );
}

export function Revenue({ dashboard }: { dashboard: Schemas["Dashboard"] }) {
  const text = useText();
  const format = useFormat();
  const [span, setSpan] = useState<Span>("30");
  const [isTable, setTable] = useState(false);
  const days = dashboard.revenue.slice(-Number(span));
  const label = text("revenue.of_days", { days: Number(span) });
  const controls = (
    <div className={style({ display: "flex", flexWrap: "wrap", gap: 12, alignItems: "center" })}>
      <SegmentedControl
        aria-label={text("revenue.span")}
        selectedKey={span}
        onSelectionChange={(key) => setSpan(key as Span)}
      >
        {spans.map((each) => (
          <SegmentedControlItem key={each} id={each}>
            {text("revenue.days", { days: Number(each) })}
          </SegmentedControlItem>
        ))}
      </SegmentedControl>
      <ToggleButton isSelected={isTable} onChange={setTable}>
        {text("revenue.as_table")}
      </ToggleButton>
    </div>
  );
  return (
    <Panel heading={text("revenue.title")} help={text("revenue.help")} actions={controls}>
      <Facts>
        <Fact label={label}>
          <span className={style({ font: "title-lg" })}>
            {format.money(sumOf(days.map((day) => day.total)))}
          </span>
        </Fact>
        <Fact label={text("revenue.lifetime")}>
          <span className={style({ font: "title-lg" })}>{format.money(dashboard.lifetime_sales)}</span>
        </Fact>
        <Fact label={text("revenue.lifetime_orders")}>
          <span className={style({ font: "title-lg" })}>{format.number(dashboard.lifetime_orders)}</span>
        </Fact>
      </Facts>
      {isTable ? <DayTable days={days} label={label} /> : <RevenueChart days={days} label={label} />}
    </Panel>
  );
}
