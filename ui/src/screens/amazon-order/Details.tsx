// The order and its shipping at a glance. Names and addresses are shown when they are asked for.
import { style } from "@react-spectrum/s2/style" with { type: "macro" };
import { useState } from "react";

import { type MessageId, useText } from "../../i18n";
import { addressLines, AddressLines, RecipientAddress } from "../../parts/commerce";
import { RepairAddress } from "../../parts/fix/RepairAddress";
import { useFormat } from "../../parts/format";
import { Mark } from "../../parts/Mark";
import { useRevealed } from "../../parts/orderData";
import { type AmazonOrder, OrderStatus, useBuyerName } from "../../parts/orders";
import { Reveal } from "../../parts/Reveal";
import { FactCard, type FactEntry, Section } from "../../parts/Sections";
import { useMay } from "../../shell/session";

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

function ShipTo({ order }: { order: AmazonOrder }) {
  const text = useText();
  const { recipient } = order;
  return (
    <>
      {recipient.repaired && <Mark tone="notice">{text("address.repaired")}</Mark>}
      <RecipientAddress recipient={recipient} />
    </>
  );
}

function useShippingFacts(order: AmazonOrder): FactEntry[] {
  const text = useText();
  const format = useFormat();
  const units = (name: "quantity_ordered" | "quantity_shipped" | "quantity_cancelled") =>
    order.items.reduce((sum, item) => sum + item[name], 0);
  const { on_amazon } = order.recipient;
  const onAmazon = on_amazon === null ? [] : addressLines(on_amazon);
  return [
    { label: text("order.recipient"), value: <ShipTo order={order} /> },
    ...(onAmazon.length === 0
      ? []
      : [{ label: text("address.on_amazon"), value: <AddressLines lines={onAmazon} /> }]),
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

/** As long as there is no commerce order. A block for its address has its own button, with the block. */
function useMayRepair(order: AmazonOrder): boolean {
  const isOperator = useMay("operator");
  const isOpen = order.fulfilled_by === "merchant" && ["waiting", "blocked"].includes(order.import_state);
  return isOperator && isOpen && order.block?.reason !== "address_invalid";
}

const quietLook = { variant: "secondary", fillStyle: "outline", size: "S" } as const;

export function Details({ order: hidden }: { order: AmazonOrder }) {
  const text = useText();
  const [isAsked, ask] = useState(false);
  const revealed = useRevealed(hidden.store, hidden.amazon_order_id, isAsked);
  // Another part of the page may have read the same: it is shown where it was asked for.
  const shown = isAsked ? revealed.data : undefined;
  const { buyer, recipient } = shown ?? hidden;
  const order = { ...hidden, buyer, recipient };
  const mayRepair = useMayRepair(hidden);
  const orderFacts = useOrderFacts(order);
  const shippingFacts = useShippingFacts(order);
  const mayAppear = hidden.buyer.state === "granted" || hidden.recipient.state === "granted";
  return (
    <>
      {mayAppear && shown === undefined && (
        <div className={style({ marginTop: 16 })}>
          <Reveal isPending={revealed.isFetching} reveal={() => ask(true)} />
        </div>
      )}
      <Section title={text("order.details")}>
        <FactCard facts={orderFacts} />
      </Section>
      <Section
        title={text("order.shipping")}
        actions={mayRepair && <RepairAddress order={hidden} look={quietLook} />}
      >
        <FactCard facts={shippingFacts} />
      </Section>
    </>
  );
}
