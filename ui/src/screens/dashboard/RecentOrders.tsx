// The newest orders of a store, as they stand.
import { useText } from "../../i18n";
import { DataTable } from "../../parts/DataTable";
import { useFormat } from "../../parts/format";
import { rowId } from "../../parts/orderData";
import { type AmazonOrder, OrderNumber, OrderStatus, useBuyerName } from "../../parts/orders";
import { Empty } from "../../parts/states";

interface RecentOrdersProps {
  orders: readonly AmazonOrder[];
  withBuyer: boolean;
}

export function RecentOrders({ orders, withBuyer }: RecentOrdersProps) {
  const text = useText();
  const format = useFormat();
  const buyerName = useBuyerName();
  if (orders.length === 0)
    return <Empty heading={text("orders.none_yet")}>{text("orders.none_yet_help")}</Empty>;
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
        ...(withBuyer ? [{ id: "buyer", label: text("column.buyer"), cell: buyerName }] : []),
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
