// The columns that the grid can have. Sorting is offered where the server has an index for it.
import { Link } from "@react-spectrum/s2";
import type { ReactNode } from "react";

import { type MessageId, useText } from "../../i18n";
import { useFormat } from "../../parts/format";
import { commercePath } from "../../parts/links";
import { type AmazonOrder, ImportState, OrderNumber, OrderStatus, useBuyerName } from "../../parts/orders";

export interface GridColumn {
  id: string;
  text: MessageId;
  minWidth: number;
  sorts?: true;
  end?: true;
}

export const columns: readonly GridColumn[] = [
  { id: "purchased_at", text: "column.purchased", minWidth: 180, sorts: true },
  { id: "amazon_order_id", text: "column.amazon_order", minWidth: 210 },
  { id: "commerce", text: "column.commerce_order", minWidth: 120 },
  { id: "store", text: "column.store", minWidth: 120 },
  { id: "status", text: "column.status", minWidth: 150 },
  { id: "import_state", text: "column.import_state", minWidth: 120 },
  { id: "buyer", text: "column.buyer", minWidth: 140 },
  { id: "items", text: "column.items", minWidth: 220 },
  { id: "total", text: "column.total", minWidth: 100, end: true },
  { id: "fulfilled_by", text: "filter.fulfilled_by", minWidth: 120 },
  { id: "ship_by", text: "column.ship_by", minWidth: 160, sorts: true },
  { id: "note", text: "column.note", minWidth: 260 },
  { id: "updated_at", text: "column.updated_on_amazon", minWidth: 160, sorts: true },
  { id: "changed_at", text: "column.changed", minWidth: 160, sorts: true },
];

/** The row's header, which is always there. */
export const kRowHeader = "amazon_order_id";
const kAtFirst = [
  "purchased_at",
  kRowHeader,
  "commerce",
  "store",
  "status",
  "import_state",
  "buyer",
  "total",
  "ship_by",
  "note",
];

export function chosenColumns(kept: readonly string[] | undefined): GridColumn[] {
  const wanted = new Set(kept ?? kAtFirst).add(kRowHeader);
  return columns.filter((column) => wanted.has(column.id));
}

/** The items in one line: "2 × Mug, 1 × Plate". */
function Items({ order }: { order: AmazonOrder }) {
  const text = useText();
  const each = order.items.map((item) =>
    text("quantity.of", {
      quantity: item.quantity_ordered,
      title: item.title ?? item.seller_sku ?? item.order_item_id,
    }),
  );
  return <>{each.join(", ")}</>;
}

/** One cell's content. It asks for language and formats itself, so that rows are drawn anew only if they change. */
export function OrderCell({ column, order }: { column: string; order: AmazonOrder }): ReactNode {
  const text = useText();
  const format = useFormat();
  const buyerName = useBuyerName();
  switch (column) {
    case kRowHeader:
      return <OrderNumber order={order} />;
    case "commerce":
      return order.commerce_order === null ? (
        ""
      ) : (
        <Link href={commercePath(order.commerce_order.id)} isQuiet>
          {order.commerce_order.number}
        </Link>
      );
    case "store":
      return order.store_name;
    case "status":
      return <OrderStatus status={order.status} />;
    case "import_state":
      return <ImportState state={order.import_state} />;
    case "buyer":
      return buyerName(order);
    case "items":
      return <Items order={order} />;
    case "total":
      return format.money(order.total);
    case "fulfilled_by":
      return text(`fulfilled_by.${order.fulfilled_by}`);
    case "note":
      return order.note ?? "";
    case "purchased_at":
    case "ship_by":
    case "updated_at":
    case "changed_at":
      return format.dateTime(order[column]);
    default:
      return "";
  }
}
