// The order and its shipping at a glance.
import { useText } from "../../i18n";
import { RecipientAddress } from "../../parts/commerce";
import { type FactEntry, FactCard, Section } from "../../parts/Sections";
import { useFormat } from "../../parts/format";
import { type AmazonOrder, OrderStatus, useBuyerName } from "../../parts/orders";
import { type MessageId } from "../../i18n";

function useOrderFacts(order: AmazonOrder): FactEntry[] {
  const text = useText();
  const format = useFormat();
  const buyerName = useBuyerName();
  const { buyer } = order;
  const maybe = (label: MessageId, value: string | null) =>
    value === null ? [] : [{ label: text(label), value }];
  return [
    { label: text("column.store"), value: order.store_name },
    { label: text("order.amazon_status"), value: <OrderStatus status={order.amazon_status} /> },
    { label: text("column.total"), value: format.money(order.total) },
    { label: text("column.purchased"), value: format.dateTime(order.purchased_at) },
    { label: text("order.updated_on_amazon"), value: format.dateTime(order.updated_at) },
    { label: text("column.buyer"), value: buyerName(order) },
    ...maybe("order.buyer_email", buyer.email),
    ...maybe("order.buyer_company", buyer.company),
    ...maybe("order.purchase_order_number", buyer.purchase_order_number),
  ];
}

function useShippingFacts(order: AmazonOrder): FactEntry[] {
  const text = useText();
  const format = useFormat();
  const units = (name: "quantity_ordered" | "quantity_shipped" | "quantity_cancelled") =>
    order.items.reduce((sum, item) => sum + item[name], 0);
  return [
    {
      label: text("order.recipient"),
      value: <RecipientAddress recipient={order.recipient} />,
    },
    { label: text("column.ship_by"), value: format.dateTime(order.ship_by) },
    { label: text("filter.fulfilled_by"), value: text(`fulfilled_by.${order.fulfilled_by}` as MessageId) },
    { label: text("order.programs"), value: order.programs.length === 0 ? "–" : order.programs.join(", ") },
    {
      label: text("order.units"),
      value: text("order.units_value", {
        ordered: units("quantity_ordered"),
        shipped: units("quantity_shipped"),
        cancelled: units("quantity_cancelled"),
      }),
    },
  ];
}

export function Details({ order }: { order: AmazonOrder }) {
  const text = useText();
  const orderFacts = useOrderFacts(order);
  const shippingFacts = useShippingFacts(order);
  return (
    <>
      <Section title={text("order.details")}>
        <FactCard facts={orderFacts} />
      </Section>
      <Section title={text("order.shipping")}>
        <FactCard facts={shippingFacts} />
      </Section>
    </>
  );
}
