// A screen's heading, which is also the document's title, and what can be done beside it.
import { style } from "@react-spectrum/s2/style" with { type: "macro" };
import { type ReactNode, useEffect } from "react";

export function Title({ children, actions }: { children: string; actions?: ReactNode }) {
  useEffect(() => {
    document.title = `${children} – Fairway`;
  }, [children]);
  return (
    <div
      className={style({
        display: "flex",
        alignItems: "center",
        justifyContent: "space-between",
        gap: 16,
        flexWrap: "wrap",
        marginBottom: 16,
      })}
    >
      <h1 className={style({ font: "heading-xl", margin: 0 })}>{children}</h1>
      {actions}
    </div>
  );
}
