// The line of a store's sales, drawn by us. One point at a time is read out: with the pointer, or with the
// arrow keys once it has the focus.
import { style } from "@react-spectrum/s2/style" with { type: "macro" };
import { type KeyboardEvent, type PointerEvent, useState } from "react";

import type { Schemas } from "../../api/client";
import { useText } from "../../i18n";
import { linePoints, niceTop, pathOf, type Point } from "../../parts/chart";
import { useFormat } from "../../parts/format";

type Day = Schemas["RevenueDay"];

const kWidth = 600;
const kHeight = 160;
/** Of the scale: nothing, the half, all. */
const kTicks = [0, 0.5, 1];

const grid = style({ stroke: "gray-300", strokeWidth: 1 });
const area = style({ fill: "blue-200", opacity: 0.5 });
const line = style({ fill: "none", stroke: "blue-900", strokeWidth: 2 });
const mark = style({ stroke: "gray-700", strokeWidth: 1 });
const small = style({ font: "detail-sm", color: "gray-800" });
const frame = style({
  position: "relative",
  flexGrow: 1,
  minWidth: 0,
  height: 160,
  cursor: "default",
  touchAction: "pan-y",
  outlineStyle: { default: "none", ":focus-visible": "solid" },
  outlineColor: "focus-ring",
  outlineWidth: 2,
  outlineOffset: 2,
  borderRadius: "sm",
});

/** Which day is read out; null for none. */
function useChosenDay(count: number) {
  const [chosen, choose] = useState<number | null>(null);
  const last = count - 1;
  const shown = chosen === null ? null : Math.min(chosen, last);
  const onPointer = (event: PointerEvent<HTMLElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    const share = (event.clientX - box.left) / Math.max(box.width, 1);
    choose(Math.round(Math.min(1, Math.max(0, share)) * last));
  };
  const steps: Record<string, (now: number) => number> = {
    ArrowLeft: (now) => Math.max(0, now - 1),
    ArrowRight: (now) => Math.min(last, now + 1),
    Home: () => 0,
    End: () => last,
  };
  const onKey = (event: KeyboardEvent) => {
    const step = steps[event.key];
    if (step === undefined) return;
    event.preventDefault();
    choose(step(shown ?? last));
  };
  return { shown, choose, onPointer, onKey, last };
}

function Drawing({ points, at }: { points: readonly Point[]; at: Point | undefined }) {
  const path = pathOf(points);
  const right = points.at(-1)?.x ?? 0;
  return (
    <svg
      viewBox={`0 0 ${kWidth} ${kHeight}`}
      preserveAspectRatio="none"
      aria-hidden
      className={style({ display: "block", width: "full", height: "full", overflow: "visible" })}
    >
      {kTicks.map((share) => (
        <line
          key={share}
          x2={kWidth}
          y1={kHeight * (1 - share)}
          y2={kHeight * (1 - share)}
          className={grid}
          vectorEffect="non-scaling-stroke"
        />
      ))}
      <path d={`${path}L${right.toFixed(1)} ${kHeight}L0 ${kHeight}Z`} className={area} />
      <path d={path} className={line} vectorEffect="non-scaling-stroke" />
      {at !== undefined && (
        <line x1={at.x} x2={at.x} y2={kHeight} className={mark} vectorEffect="non-scaling-stroke" />
      )}
    </svg>
  );
}

function Scale({ top, currency }: { top: number; currency: string }) {
  const format = useFormat();
  return (
    <div
      aria-hidden
      className={style({
        display: "flex",
        flexDirection: "column-reverse",
        justifyContent: "space-between",
        textAlign: "end",
        height: 160,
      })}
    >
      {kTicks.map((share) => (
        <span key={share} className={small}>
          {format.roundMoney({ amount: String(top * share), currency })}
        </span>
      ))}
    </div>
  );
}

/** A day in a sentence. */
function useSaid() {
  const text = useText();
  const format = useFormat();
  return (day: Day | undefined) =>
    day === undefined
      ? ""
      : text("revenue.one_day", {
          day: format.day(day.day),
          total: format.money(day.total),
          orders: day.orders,
        });
}

export function RevenueChart({ days, label }: { days: readonly Day[]; label: string }) {
  const format = useFormat();
  const said = useSaid();
  const values = days.map((day) => Number(day.total.amount));
  const top = niceTop(Math.max(0, ...values));
  const points = linePoints(values, top, kWidth, kHeight);
  const { shown, choose, onPointer, onKey, last } = useChosenDay(days.length);
  const currency = days[0]?.total.currency;
  if (currency === undefined) return null;
  return (
    <div>
      <div className={style({ display: "flex", gap: 8 })}>
        <Scale top={top} currency={currency} />
        <div
          role="slider"
          tabIndex={0}
          aria-label={label}
          aria-valuemin={1}
          aria-valuemax={days.length}
          aria-valuenow={(shown ?? last) + 1}
          aria-valuetext={said(days[shown ?? last])}
          className={frame}
          onKeyDown={onKey}
          onPointerMove={onPointer}
          onPointerDown={onPointer}
          onPointerLeave={() => choose(null)}
        >
          <Drawing points={points} at={shown === null ? undefined : points[shown]} />
        </div>
      </div>
      <div className={style({ display: "flex", justifyContent: "space-between", marginTop: 4, gap: 8 })}>
        <span className={small}>{format.day(days[0]?.day)}</span>
        <span className={style({ font: "ui-sm", color: "neutral", textAlign: "center" })}>
          {shown === null ? "" : said(days[shown])}
        </span>
        <span className={small}>{format.day(days[last]?.day)}</span>
      </div>
    </div>
  );
}
