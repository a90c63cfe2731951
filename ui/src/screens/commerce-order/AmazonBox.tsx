// The Amazon order behind a commerce order: how it stands there, and the ways to it.
import { Link, ProgressCircle } from "@react-spectrum/s2";
import { style } from "@react-spectrum/s2/style" with { type: "macro" };

import { useText } from "../../i18n";
import type { CommerceOrder } from "../../parts/commerce";
import { useFormat } from "../../parts/format";
import { orderPath } from "../../parts/links";
import { useAmazonOrder } from "../../parts/orderData";
import { type AmazonOrder, ImportState, OrderStatus } from "../../parts/orders";
import { FactCard, Nothing, Section } from "../../parts/Sections";
import { OrderWarnings } from "../amazon-order/OrderWarnings";

function SellerCentral({ order }: { order: AmazonOrder }) {
  const text = useText();
  return order.seller_central_link === null ? (
    "–"
  ) : (
    <Link href={order.seller_central_link} target="_blank" rel="noreferrer">
      {text("order.open_seller_central")}
    </Link>
  );
}

export function AmazonBox({ order }: { order: CommerceOrder }) {
  const text = useText();
  const format = useFormat();
  const amazon = useAmazonOrder(order.store, order.amazon_order_id);
  const number = (
    <Link href={orderPath(order)}>{text("amazon_box.open", { number: order.amazon_order_id })}</Link>
  );
  return (
    <Section title={text("amazon_box.title")}>
      {amazon.isPending && <ProgressCircle isIndeterminate aria-label={text("state.loading")} />}
      {amazon.error && <Nothing>{text("amazon_box.failed")}</Nothing>}
      {amazon.data && (
        <div className={style({ display: "flex", flexDirection: "column", gap: 16 })}>
          <OrderWarnings order={amazon.data} />
          <FactCard
            facts={[
              { label: text("column.amazon_order"), value: number },
              { label: text("column.store"), value: amazon.data.store_name },
              { label: text("column.status"), value: <OrderStatus status={amazon.data.status} /> },
              { label: text("column.import_state"), value: <ImportState state={amazon.data.import_state} /> },
              { label: text("column.ship_by"), value: format.dateTime(amazon.data.ship_by) },
              { label: text("order.seller_central"), value: <SellerCentral order={amazon.data} /> },
            ]}
          />
        </div>
      )}
    </Section>
  );
}
