// A field with its help under it. A field's own help pales with a field that is off, when it is needed most: it
// says why.
import { style } from "@react-spectrum/s2/style" with { type: "macro" };
import { type ReactNode, useId } from "react";

interface HelpedProps {
  help: string;
  /** Draws the field, which names its help. */
  children: (described: { "aria-describedby": string }) => ReactNode;
}

export function Helped({ help, children }: HelpedProps) {
  const id = useId();
  return (
    <div
      className={style({
        display: "flex",
        flexDirection: "column",
        gap: 4,
        gridColumnStart: 1,
        gridColumnEnd: -1,
      })}
    >
      {children({ "aria-describedby": id })}
      <p id={id} className={style({ font: "ui-sm", color: "gray-800", margin: 0 })}>
        {help}
      </p>
    </div>
  );
}
