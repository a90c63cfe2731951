// The figures of a store; each leads to the orders that it counts.
import { Link } from "@react-spectrum/s2";
import { style } from "@react-spectrum/s2/style" with { type: "macro" };

import type { Schemas } from "../../api/client";
import { useText } from "../../i18n";
import { useFormat } from "../../parts/format";
import { attentionPath, toShipPath } from "../../parts/links";

type Counted = keyof Schemas["StoreCounts"];

function places(store: string): readonly [Counted, string][] {
  const orders = `/amazon-orders?store=${encodeURIComponent(store)}`;
  return [
    ["to_ship", toShipPath(store)],
    ["blocked", `${orders}&import_state=blocked`],
    ["waiting", `${orders}&import_state=waiting`],
    ["commands_rejected", attentionPath(store, "commands")],
    ["orders", orders],
  ];
}

export function Counts({ store, counts }: { store: string; counts: Schemas["StoreCounts"] }) {
  const text = useText();
  const format = useFormat();
  return (
    <dl
      aria-label={text("dashboard.counts")}
      className={style({
        display: "grid",
        gap: 16,
        gridTemplateColumns: "repeat(auto-fit, minmax(140px, 1fr))",
        margin: 0,
        marginBottom: 24,
      })}
    >
      {places(store).map(([name, href]) => (
        <div
          key={name}
          className={style({
            backgroundColor: "base",
            borderRadius: "lg",
            borderWidth: 1,
            borderStyle: "solid",
            borderColor: "gray-200",
            padding: 16,
          })}
        >
          <dt className={style({ font: "detail", color: "gray-700" })}>
            <Link href={href} variant="secondary" isQuiet>
              {text(`dashboard.${name}`)}
            </Link>
          </dt>
          <dd className={style({ font: "heading", margin: 0 })}>{format.number(counts[name])}</dd>
        </div>
      ))}
    </dl>
  );
}
