// What a store sold in the last 30 days, against the 30 days before.
import { style } from "@react-spectrum/s2/style" with { type: "macro" };

import type { Schemas } from "../../api/client";
import { useText } from "../../i18n";
import { changeFrom, linePoints, pathOf } from "../../parts/chart";
import { useFormat } from "../../parts/format";

const kWidth = 120;
const kHeight = 32;

const line = style({ fill: "none", stroke: "blue-900", strokeWidth: 2 });
const change = style<{ tone: "up" | "down" | "even" }>({
  font: "ui-sm",
  color: { tone: { up: "positive-1000", down: "negative-1000", even: "gray-800" } },
});

/** Its figures stand beside it: for who cannot see it, it adds nothing. */
function Sparkline({ days }: { days: readonly string[] }) {
  const values = days.map(Number);
  const points = linePoints(values, Math.max(...values, 1), kWidth, kHeight - 4);
  return (
    <svg
      viewBox={`0 -2 ${kWidth} ${kHeight}`}
      aria-hidden
      className={style({ width: 96, height: 32, flexShrink: 1, minWidth: 48 })}
    >
      <path d={pathOf(points)} className={line} vectorEffect="non-scaling-stroke" />
    </svg>
  );
}

export function Change({ before, now }: { before: string; now: string }) {
  const text = useText();
  const format = useFormat();
  const found = changeFrom(before, now);
  if (found.kind === "none") return null;
  if (found.kind === "new") return <span className={change({ tone: "up" })}>{text("sales.new")}</span>;
  const { percent } = found;
  const tone = percent > 0 ? "up" : percent < 0 ? "down" : "even";
  return (
    <span className={change({ tone })}>{text("sales.change", { percent: format.percent(percent) })}</span>
  );
}

export function Sales({ sales }: { sales: Schemas["StoreSales"] }) {
  const text = useText();
  const format = useFormat();
  return (
    <div className={style({ display: "flex", gap: 16, alignItems: "end" })}>
      <div className={style({ flexGrow: 1, minWidth: 0 })}>
        <div className={style({ font: "detail-sm", color: "gray-800" })}>{text("sales.gross_30d")}</div>
        <div className={style({ font: "title-lg" })}>{format.money(sales.gross_30d)}</div>
        <Change before={sales.previous_30d.amount} now={sales.gross_30d.amount} />
      </div>
      <Sparkline days={sales.days} />
    </div>
  );
}
