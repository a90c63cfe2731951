// A screen's heading, which is also the document's title, and what can be done beside it.
import { style } from "@react-spectrum/s2/style" with { type: "macro" };
import { type ReactNode, useEffect } from "react";

import { CopyButton } from "./CopyButton";

interface TitleProps {
  children: string;
  /** Before the heading, such as a flag. */
  picture?: ReactNode;
  /** The number in the heading, to be copied. */
  number?: string;
  actions?: ReactNode;
}

export function Title({ children, picture, number, actions }: TitleProps) {
  useEffect(() => {
    document.title = `${children} – Fairway`;
  }, [children]);
  return (
    <div
      className={style({
        display: "flex",
        alignItems: "center",
        justifyContent: "space-between",
        columnGap: 16,
        rowGap: 8,
        flexWrap: "wrap",
        marginBottom: 16,
      })}
    >
      <div className={style({ display: "flex", alignItems: "center", gap: 8, minWidth: 0 })}>
        {picture}
        <h1
          className={style({
            font: { default: "heading-lg", lg: "heading-xl" },
            margin: 0,
            minWidth: 0,
            overflowWrap: "anywhere",
          })}
        >
          {children}
        </h1>
        {number !== undefined && <CopyButton value={number} />}
      </div>
      {actions}
    </div>
  );
}
