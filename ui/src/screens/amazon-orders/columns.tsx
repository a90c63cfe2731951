// The columns that the grid can have. Sorting is offered where the server has an index for it.
import { Link } from "@react-spectrum/s2";
import type { ReactNode } from "react";

import { useText } from "../../i18n";
import { useFormat } from "../../parts/format";
import type { GridColumn } from "../../parts/Grid";
import { commercePath } from "../../parts/links";
import { type AmazonOrder, ImportState, OrderNumber, OrderStatus, useBuyerName } from "../../parts/orders";

export const columns: readonly GridColumn[] = [
  { id: "purchased_at", text: "column.purchased", width: 130, sorts: true },
  { id: "amazon_order_id", text: "column.amazon_order", width: 200 },
  { id: "commerce", text: "column.commerce_order", width: 124 },
  { id: "store", text: "column.store", width: 112 },
  { id: "status", text: "column.status", width: 122 },
  { id: "import_state", text: "column.import_state", width: 108 },
  { id: "buyer", text: "column.buyer", width: 140, grows: true, isPersonal: true },
  { id: "items", text: "column.items", width: 220, grows: true },
  { id: "total", text: "column.total", width: 90, isNumber: true },
  { id: "fulfilled_by", text: "filter.fulfilled_by", width: 150 },
  { id: "ship_by", text: "column.ship_by", width: 128, sorts: true },
  { id: "note", text: "column.note", width: 100, grows: true },
  { id: "updated_at", text: "column.updated_on_amazon", width: 150, sorts: true },
  { id: "changed_at", text: "column.changed", width: 150, sorts: true },
];

/** The row's header, which is always there. */
export const kRowHeader = "amazon_order_id";
/** Without the buyer: to look at personal data is a choice. */
export const kAtFirst: readonly string[] = [
  "purchased_at",
  kRowHeader,
  "commerce",
  "store",
  "status",
  "import_state",
  "total",
  "ship_by",
  "note",
];

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
        <Link href={commercePath(order.commerce_order.id)} variant="secondary">
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
      return format.listTime(order[column]);
    default:
      return "";
  }
}
