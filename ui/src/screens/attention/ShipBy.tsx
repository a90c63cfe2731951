// Orders whose ship-by time has passed or comes within a day. The list is sorted by that time, so its first
// page holds the nearest; the clock is the server's, which may be ahead of the browser's.
import { useQuery } from "@tanstack/react-query";

import { api, body } from "../../api/client";
import { useLanguage, useText } from "../../i18n";
import { DataTable } from "../../parts/DataTable";
import { ExportLink } from "../../parts/ExportLink";
import { useFormat } from "../../parts/format";
import { Mark } from "../../parts/Mark";
import { type AmazonOrder, OrderNumber, OrderStatus } from "../../parts/orders";
import { Panel } from "../../parts/Panel";
import { Empty, ErrorState, Loading } from "../../parts/states";
import { ordersKey, useOrderEvents } from "../../shell/LiveEvents";
import { useSystem } from "../system/queries";

/**
 * To be shipped here, the nearest first: the orders that the figures of a store count. What is blocked has its own
 * tab, with its time; what is view-only is shipped elsewhere.
 */
const toShip = {
  status: "Unshipped,PartiallyShipped",
  import_state: "imported",
  sort: "ship_by",
} as const;
const kDayMs = 24 * 60 * 60 * 1_000;
const kNearest = 200;
/** New orders are due in a day or more: they are seen soon enough. */
const kLookMs = 5 * 60 * 1_000;

export interface Risk {
  orders: AmazonOrder[];
  /** Whether there are more than the page holds. */
  more: boolean;
  now: number;
}

export function useShipBy(store: string | undefined) {
  const { language } = useLanguage();
  const system = useSystem();
  const nearest = useQuery({
    queryKey: [...ordersKey, "own", "ship-by", store ?? null, language],
    refetchInterval: kLookMs,
    queryFn: () =>
      body(
        api.GET("/api/v1/amazon-orders", {
          params: {
            query: {
              ...toShip,
              ...(store !== undefined && { store }),
              personal_data: false,
              limit: kNearest,
            },
          },
        }),
      ),
  });
  useOrderEvents((events) => {
    const listed = new Set(nearest.data?.items.map((order) => `${order.store}/${order.amazon_order_id}`));
    if (events === null || events.some((event) => listed.has(`${event.store}/${event.amazon_order_id}`)))
      void nearest.refetch();
  });
  const now = system.data === undefined ? undefined : Date.parse(system.data.now);
  const risky = (order: AmazonOrder) =>
    now !== undefined && order.ship_by !== null && Date.parse(order.ship_by) < now + kDayMs;
  const orders = nearest.data?.items.filter(risky) ?? [];
  const risk: Risk | undefined =
    nearest.data === undefined || now === undefined
      ? undefined
      : { orders, now, more: nearest.data.next !== null && orders.length === nearest.data.items.length };
  return {
    risk,
    error: nearest.error ?? system.error,
    refetch: () => void Promise.all([nearest.refetch(), system.refetch()]),
  };
}

function RiskTable({ risk }: { risk: Risk }) {
  const text = useText();
  const format = useFormat();
  const overdue = (order: AmazonOrder) => order.ship_by !== null && Date.parse(order.ship_by) < risk.now;
  return (
    <DataTable
      label={text("attention.tab_ship_by")}
      rows={risk.orders}
      keyOf={(order) => `${order.store}/${order.amazon_order_id}`}
      columns={[
        {
          id: "number",
          kind: "id",
          label: text("column.amazon_order"),
          cell: (order) => <OrderNumber order={order} />,
        },
        {
          id: "ship_by",
          kind: "time",
          label: text("column.ship_by"),
          cell: (order) => format.listTime(order.ship_by),
        },
        {
          id: "risk",
          label: text("attention.risk"),
          cell: (order) => (
            <Mark tone={overdue(order) ? "negative" : "notice"}>
              {text(overdue(order) ? "attention.overdue" : "attention.next_day")}
            </Mark>
          ),
        },
        { id: "store", label: text("column.store"), cell: (order) => order.store_name },
        {
          id: "status",
          label: text("column.status"),
          cell: (order) => <OrderStatus status={order.status} />,
        },
        { id: "note", label: text("column.note"), cell: (order) => order.note ?? "" },
      ]}
    />
  );
}

export function ShipBy({
  shipBy,
  store,
}: {
  shipBy: ReturnType<typeof useShipBy>;
  store: string | undefined;
}) {
  const text = useText();
  if (shipBy.error) return <ErrorState isPart error={shipBy.error} retry={shipBy.refetch} />;
  if (shipBy.risk === undefined) return <Loading />;
  if (shipBy.risk.orders.length === 0)
    return <Empty heading={text("attention.none_ship_by")}>{text("attention.none_ship_by_help")}</Empty>;
  return (
    <Panel
      heading={text("attention.tab_ship_by")}
      help={text("attention.ship_by_help")}
      actions={<ExportLink list="amazon-orders" query={{ store, ...toShip, personal_data: "false" }} />}
    >
      <RiskTable risk={shipBy.risk} />
      {shipBy.risk.more && <p>{text("attention.ship_by_more", { count: shipBy.risk.orders.length })}</p>}
    </Panel>
  );
}
