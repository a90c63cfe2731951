// The newest orders of a store, as they stand. Buyers are shown when they are asked for.
import { Link } from "@react-spectrum/s2";

import type { Schemas } from "../../api/client";
import { useText } from "../../i18n";
import { DataTable } from "../../parts/DataTable";
import { useFormat } from "../../parts/format";
import { rowId } from "../../parts/orderData";
import { type AmazonOrder, OrderNumber, OrderStatus, useBuyerName } from "../../parts/orders";
import { Panel } from "../../parts/Panel";
import { ProblemAlert } from "../../parts/problems";
import { Reveal } from "../../parts/Reveal";
import { Empty } from "../../parts/states";
import { useRecentBuyers } from "../stores/queries";

interface OrderTableProps {
  orders: readonly AmazonOrder[];
  /** Whether somebody has looked at this order's buyer. */
  isRevealed: (order: AmazonOrder) => boolean;
}

function OrderTable({ orders, isRevealed }: OrderTableProps) {
  const text = useText();
  const format = useFormat();
  const buyerName = useBuyerName();
  return (
    <DataTable
      label={text("dashboard.recent_orders")}
      rowHeader="number"
      rows={orders}
      keyOf={rowId}
      columns={[
        {
          id: "purchased",
          kind: "time",
          label: text("column.purchased"),
          cell: (order) => format.listTime(order.purchased_at),
        },
        {
          id: "number",
          kind: "id",
          label: text("column.amazon_order"),
          cell: (order) => <OrderNumber order={order} />,
        },
        {
          id: "status",
          label: text("column.status"),
          cell: (order) => <OrderStatus status={order.status} />,
        },
        {
          id: "buyer",
          label: text("column.buyer"),
          cell: (order) =>
            isRevealed(order) ? (order.buyer.name ?? order.buyer.email ?? "–") : buyerName(order),
        },
        {
          id: "total",
          kind: "number",
          label: text("column.total"),
          cell: (order) => format.money(order.total),
        },
        { id: "note", label: text("column.note"), cell: (order) => order.note ?? "" },
      ]}
    />
  );
}

export function RecentOrders({ dashboard }: { dashboard: Schemas["Dashboard"] }) {
  const text = useText();
  const format = useFormat();
  const { store } = dashboard;
  const buyers = useRecentBuyers(store.id);
  // Orders that came, or whose buyer was granted, after the last look are hidden until the next one.
  const seen = (order: AmazonOrder) => {
    const buyer = buyers.data?.get(order.amazon_order_id);
    return order.buyer.state === "granted" && buyer?.state === "granted" ? buyer : null;
  };
  const isHidden = dashboard.recent_orders.some(
    (order) => order.buyer.state === "granted" && seen(order) === null,
  );
  const orders = dashboard.recent_orders.map((order) => ({ ...order, buyer: seen(order) ?? order.buyer }));
  return (
    <Panel
      heading={text("dashboard.recent_orders")}
      help={text("dashboard.recent_as_of", { time: format.dateTime(store.watermark) })}
      actions={
        <Link href={`/amazon-orders?store=${encodeURIComponent(store.id)}`} isStandalone>
          {text("dashboard.all_orders")}
        </Link>
      }
    >
      {isHidden && <Reveal isPending={buyers.isFetching} reveal={() => void buyers.refetch()} />}
      <ProblemAlert error={buyers.error} />
      {orders.length === 0 ? (
        <Empty heading={text("orders.none_yet")}>{text("orders.none_yet_help")}</Empty>
      ) : (
        <OrderTable orders={orders} isRevealed={(order) => seen(order) !== null} />
      )}
    </Panel>
  );
}
