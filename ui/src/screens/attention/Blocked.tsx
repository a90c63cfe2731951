// Orders that cannot be imported, by cause, with what mends each cause beside it.
import { Button, Link, ToastQueue } from "@react-spectrum/s2";
import { style } from "@react-spectrum/s2/style" with { type: "macro" };

import { api, body } from "../../api/client";
import { type MessageId, useLanguage, useText } from "../../i18n";
import { useChange } from "../../parts/change";
import { DataTable } from "../../parts/DataTable";
import { ExportLink } from "../../parts/ExportLink";
import { CauseFix } from "../../parts/fix/CauseFix";
import { type Cause, causesOf } from "../../parts/fix/causes";
import { OrderFix } from "../../parts/fix/OrderFix";
import { useFormat } from "../../parts/format";
import { orderPath } from "../../parts/links";
import { PagedList } from "../../parts/ListPanel";
import { type AmazonOrder, blockWords, OrderNumber } from "../../parts/orders";
import { usePages } from "../../parts/pages";
import { Panel } from "../../parts/Panel";
import { useProblemText } from "../../parts/problems";
import { Empty } from "../../parts/states";
import { ordersKey, useOrderEvents } from "../../shell/LiveEvents";
import { messagesKey } from "../../shell/Messages";
import { useMay } from "../../shell/session";

export function useBlocked(store: string | undefined) {
  const { language } = useLanguage();
  const ofStore = store === undefined ? {} : { store };
  const pages = usePages<AmazonOrder>([...ordersKey, "own", "blocked", store ?? null, language], (query) =>
    body(
      api.GET("/api/v1/amazon-orders", {
        params: { query: { ...query, ...ofStore, import_state: "blocked", personal_data: false } },
      }),
    ),
  );
  // Read again when an order of the list moves, or another one gets stuck.
  useOrderEvents((events) => {
    const listed = new Set(pages.items.map((order) => `${order.store}/${order.amazon_order_id}`));
    const concerns =
      events === null ||
      events.some(
        ({ store, amazon_order_id, codes }) =>
          listed.has(`${store}/${amazon_order_id}`) || codes.some((code) => code.includes("blocked")),
      );
    if (concerns) void pages.query.refetch();
  });
  return pages;
}

interface Retried {
  count: number;
  blocked: number;
  refused: unknown[];
}

/** One after the other: the server plans each at once. One that is refused does not hold up the rest. */
async function retryAll(orders: readonly AmazonOrder[]): Promise<Retried> {
  const result: Retried = { count: 0, blocked: 0, refused: [] };
  for (const { store, amazon_order_id } of orders)
    try {
      const params = { path: { store, amazon_order_id } };
      const after = await body(api.POST("/api/v1/amazon-orders/{store}/{amazon_order_id}/retry", { params }));
      result.count += 1;
      if (after.block !== null) result.blocked += 1;
    } catch (error) {
      result.refused.push(error);
    }
  return result;
}

function Retry({ orders }: { orders: readonly AmazonOrder[] }) {
  const text = useText();
  const problemText = useProblemText();
  const retry = useChange({
    call: () => retryAll(orders),
    touches: [ordersKey, messagesKey, ["dashboard"]],
    done: ({ count, blocked }) => (count === 0 ? null : text("attention.retried", { count, blocked })),
    after: ({ refused }) => {
      // It stays until it is closed: it says what did not happen.
      if (refused.length > 0)
        ToastQueue.negative(
          text("attention.retry_failed", { count: refused.length, problem: problemText(refused[0]) }),
        );
    },
    toastProblem: true,
  });
  return (
    <Button
      variant="secondary"
      fillStyle="outline"
      isPending={retry.isPending}
      onPress={() => retry.mutate()}
    >
      {text("attention.retry", { count: orders.length })}
    </Button>
  );
}

function OrderTable({ label, orders }: { label: string; orders: readonly AmazonOrder[] }) {
  const text = useText();
  const format = useFormat();
  const operator = useMay("operator");
  return (
    <DataTable
      label={label}
      rows={orders}
      keyOf={(order) => `${order.store}/${order.amazon_order_id}`}
      columns={[
        {
          id: "number",
          kind: "id",
          label: text("column.amazon_order"),
          cell: (order) => <OrderNumber order={order} />,
        },
        { id: "store", label: text("column.store"), cell: (order) => order.store_name },
        {
          id: "purchased",
          label: text("column.purchased"),
          kind: "time",
          cell: (order) => format.listTime(order.purchased_at),
        },
        {
          id: "ship_by",
          kind: "time",
          label: text("column.ship_by"),
          cell: (order) => format.listTime(order.ship_by),
        },
        {
          id: "total",
          label: text("column.total"),
          kind: "number",
          cell: (order) => format.money(order.total),
        },
        { id: "why", label: text("attention.why"), cell: blockWords },
        {
          id: "open",
          kind: "actions" as const,
          label: text("column.actions"),
          cell: (order) => (
            <div className={style({ display: "flex", gap: 12, flexWrap: "wrap", alignItems: "center" })}>
              <Link
                href={orderPath(order)}
                aria-label={text("attention.open_order", { number: order.amazon_order_id })}
              >
                {text("attention.open")}
              </Link>
              {operator && <OrderFix order={order} isCompact />}
            </div>
          ),
        },
      ]}
    />
  );
}

function CausePanel({ cause }: { cause: Cause }) {
  const text = useText();
  const operator = useMay("operator");
  const heading = text(`attention.${cause.reason}` as MessageId, {
    sku: cause.sku ?? "",
    store: cause.storeName ?? "",
    count: cause.orders.length,
  });
  return (
    <Panel
      heading={heading}
      help={text(`attention.${cause.reason}_help` as MessageId)}
      actions={operator && <Retry orders={cause.orders} />}
    >
      {operator && <CauseFix cause={cause} />}
      <OrderTable label={heading} orders={cause.orders} />
    </Panel>
  );
}

export function Blocked({
  blocked,
  store,
}: {
  blocked: ReturnType<typeof useBlocked>;
  store: string | undefined;
}) {
  const text = useText();
  return (
    <PagedList
      pages={blocked}
      empty={<Empty heading={text("attention.none_blocked")}>{text("attention.none_blocked_help")}</Empty>}
    >
      {(orders) => (
        <>
          <div className={style({ display: "flex", justifyContent: "end", marginBottom: 16 })}>
            <ExportLink
              list="amazon-orders"
              query={{ store, import_state: "blocked", personal_data: "false" }}
            />
          </div>
          {causesOf(orders).map((cause) => (
            <CausePanel key={cause.key} cause={cause} />
          ))}
        </>
      )}
    </PagedList>
  );
}
