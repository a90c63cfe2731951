// The columns that the grid of commerce orders can have.
import { Link } from "@react-spectrum/s2";
import type { ReactNode } from "react";

import { type MessageId, useText } from "../../i18n";
import { type CommerceOrder, CommerceStatus } from "../../parts/commerce";
import { Copyable } from "../../parts/Copyable";
import { useFormat } from "../../parts/format";
import type { GridColumn } from "../../parts/Grid";
import { commercePath, orderPath } from "../../parts/links";
import { useStoreName } from "../stores/queries";

export const columns: readonly GridColumn[] = [
  { id: "number", text: "column.commerce_order", width: 170, sorts: true },
  { id: "status", text: "column.status", width: 150, grows: true },
  { id: "amazon", text: "column.amazon_order", width: 230 },
  { id: "store", text: "column.store", width: 120, grows: true },
  { id: "recipient", text: "commerce.recipient", width: 160, grows: true, isPersonal: true },
  { id: "total", text: "column.total", width: 130, isNumber: true },
  { id: "created_at", text: "column.made", width: 150, sorts: true },
  { id: "updated_at", text: "column.changed", width: 150 },
];
export const kRowHeader = "number";
/** Without the recipient: to look at personal data is a choice. */
export const kAtFirst = ["number", "status", "amazon", "store", "total", "created_at", "updated_at"];

export function CommerceCell({ column, order }: { column: string; order: CommerceOrder }): ReactNode {
  const text = useText();
  const format = useFormat();
  const storeName = useStoreName();
  switch (column) {
    case "number":
      return (
        <Copyable value={order.number}>
          <Link href={commercePath(order.id)} variant="secondary">
            {order.number}
          </Link>
        </Copyable>
      );
    case "status":
      return <CommerceStatus status={order.status} />;
    case "amazon":
      return (
        <Link href={orderPath(order)} variant="secondary">
          {order.amazon_order_id}
        </Link>
      );
    case "store":
      return storeName(order.store);
    case "recipient":
      return order.recipient.name ?? text(`data_state.${order.recipient.state}` as MessageId);
    case "total":
      return format.money(order.totals.grand_total);
    case "created_at":
    case "updated_at":
      return format.listTime(order[column]);
    default:
      return "";
  }
}
