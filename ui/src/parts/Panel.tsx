// A part of a screen with its own heading, on its own ground.
import { style } from "@react-spectrum/s2/style" with { type: "macro" };
import { type ReactNode, useId } from "react";

interface PanelProps {
  heading: string;
  help?: string;
  actions?: ReactNode;
  children: ReactNode;
}

export function Panel({ heading, help, actions, children }: PanelProps) {
  const id = useId();
  return (
    <section
      aria-labelledby={id}
      className={style({
        display: "flex",
        flexDirection: "column",
        gap: 16,
        marginBottom: 24,
        padding: { default: 16, lg: 24 },
        boxSizing: "border-box",
        minWidth: 0,
        backgroundColor: "base",
        borderRadius: "lg",
        borderWidth: 1,
        borderStyle: "solid",
        borderColor: "gray-200",
      })}
    >
      <div
        className={style({
          display: "flex",
          gap: 16,
          flexWrap: "wrap",
          alignItems: "center",
          justifyContent: "space-between",
        })}
      >
        <div className={style({ minWidth: 0 })}>
          <h2 id={id} className={style({ font: "heading-sm", margin: 0 })}>
            {heading}
          </h2>
          {help !== undefined && (
            <p className={style({ font: "body-sm", color: "gray-700", margin: 0, marginTop: 4 })}>{help}</p>
          )}
        </div>
        {actions}
      </div>
      {children}
    </section>
  );
}
