// A headed part of a page, a card of names and values, and the words where there is nothing to show.
import { style } from "@react-spectrum/s2/style" with { type: "macro" };
import { type ReactNode, useId } from "react";

import { Fact, Facts } from "./Facts";

export interface FactEntry {
  label: string;
  value: ReactNode;
}

export function FactCard({ facts }: { facts: readonly FactEntry[] }) {
  return (
    <div
      className={style({
        padding: 16,
        backgroundColor: "base",
        borderRadius: "lg",
        borderWidth: 1,
        borderStyle: "solid",
        borderColor: "gray-200",
      })}
    >
      <Facts>
        {facts.map((fact) => (
          <Fact key={fact.label} label={fact.label}>
            {fact.value}
          </Fact>
        ))}
      </Facts>
    </div>
  );
}

interface SectionProps {
  title: string;
  children: ReactNode;
  actions?: ReactNode;
}

export function Section({ title, children, actions }: SectionProps) {
  const id = useId();
  return (
    <section aria-labelledby={id} className={style({ marginTop: 24, minWidth: 0 })}>
      <div
        className={style({
          display: "flex",
          flexWrap: "wrap",
          alignItems: "center",
          justifyContent: "space-between",
          gap: 8,
          marginBottom: 8,
        })}
      >
        <h2 id={id} className={style({ font: "heading-sm", margin: 0 })}>
          {title}
        </h2>
        {actions}
      </div>
      {children}
    </section>
  );
}

/** Said where a part of a page has nothing to show. */
export function Nothing({ children }: { children: string }) {
  return <p className={style({ font: "ui", color: "gray-700", margin: 0 })}>{children}</p>;
}
