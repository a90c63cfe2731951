// A number in a cell, and the button that copies it, on one line.
import { style } from "@react-spectrum/s2/style" with { type: "macro" };
import type { ReactNode } from "react";

import { CopyButton } from "./CopyButton";

export function Copyable({ value, children }: { value: string; children: ReactNode }) {
  return (
    <span className={style({ display: "inline-flex", alignItems: "center", gap: 4, whiteSpace: "nowrap" })}>
      {children}
      <CopyButton value={value} />
    </span>
  );
}
