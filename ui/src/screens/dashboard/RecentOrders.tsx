import { Cell, Column, Row, TableBody, TableHeader, TableView } from "@react-spectrum/s2";
import { style } from "@react-spectrum/s2/style" with { type: "macro" };

import { useText } from "../../i18n";
import { useFormat } from "../../parts/format";
import { type AmazonOrder, OrderNumber, OrderStatus, useBuyerName } from "../../parts/orders";
import { Empty } from "../../parts/states";

export function RecentOrders({ orders }: { orders: readonly AmazonOrder[] }) {
  const text = useText();
  const format = useFormat();
  const buyerName = useBuyerName();
  return (
    <TableView
      aria-label={text("dashboard.recent_orders")}
      overflowMode="wrap"
      styles={style({ width: "full", maxHeight: 560 })}
    >
      <TableHeader>
        <Column id="purchased" minWidth={150}>
          {text("column.purchased")}
        </Column>
        <Column id="number" isRowHeader minWidth={180}>
          {text("column.amazon_order")}
        </Column>
        <Column id="status" minWidth={140}>
          {text("column.status")}
        </Column>
        <Column id="buyer" minWidth={140}>
          {text("column.buyer")}
        </Column>
        <Column id="total" align="end" minWidth={90}>
          {text("column.total")}
        </Column>
        <Column id="note" minWidth={220}>
          {text("column.note")}
        </Column>
      </TableHeader>
      <TableBody renderEmptyState={() => <Empty heading={text("orders.none_yet")} />}>
        {orders.map((order) => (
          <Row key={order.amazon_order_id} id={order.amazon_order_id}>
            <Cell>{format.dateTime(order.purchased_at)}</Cell>
            <Cell>
              <OrderNumber order={order} />
            </Cell>
            <Cell>
              <OrderStatus status={order.status} />
            </Cell>
            <Cell>{buyerName(order)}</Cell>
            <Cell align="end">{format.money(order.total)}</Cell>
            <Cell>{order.note ?? ""}</Cell>
          </Row>
        ))}
      </TableBody>
    </TableView>
  );
}
