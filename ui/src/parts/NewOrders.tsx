// Says that there is something new, and shows it when asked to: rows never jump by themselves.
import { Button } from "@react-spectrum/s2";
import { style } from "@react-spectrum/s2/style" with { type: "macro" };

import { useText } from "../i18n";

export interface News {
  /** Orders that are not in the list yet. */
  orders: number;
  /** The list misses changes. */
  isStale: boolean;
  show: () => void;
}

export function NewOrders({ news }: { news: News }) {
  const text = useText();
  const isSome = news.orders > 0 || news.isStale;
  return (
    <div role="status" className={style({ display: "flex", justifyContent: "center" })}>
      {isSome && (
        <Button variant="accent" size="S" onPress={news.show} styles={style({ marginBottom: 12 })}>
          {news.orders > 0 ? text("grid.new_orders", { count: news.orders }) : text("grid.stale")}
        </Button>
      )}
    </div>
  );
}
