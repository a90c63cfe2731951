// Names and values, side by side where there is room.
import { style } from "@react-spectrum/s2/style" with { type: "macro" };
import type { ReactNode } from "react";

export function Facts({ children }: { children: ReactNode }) {
  return (
    <dl
      className={style({
        display: "grid",
        gridTemplateColumns: "repeat(auto-fill, minmax(160px, 1fr))",
        columnGap: 24,
        rowGap: 12,
        margin: 0,
      })}
    >
      {children}
    </dl>
  );
}

export function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className={style({ minWidth: 0 })}>
      <dt className={style({ font: "detail-sm", color: "gray-700" })}>{label}</dt>
      <dd className={style({ font: "ui", margin: 0, overflowWrap: "anywhere" })}>{children}</dd>
    </div>
  );
}
