// One Amazon order: how it stands, why, what was ordered and sent, and what can be done now.
import { Button, ButtonGroup, LinkButton, Tab, TabList, TabPanel, Tabs } from "@react-spectrum/s2";
import { style } from "@react-spectrum/s2/style" with { type: "macro" };
import { useNavigate, useParams, useSearch } from "@tanstack/react-router";
import type { ReactNode } from "react";

import { type MessageId, useText } from "../../i18n";
import { commercePath } from "../../parts/links";
import { Mark } from "../../parts/Mark";
import { Neighbours } from "../../parts/Neighbours";
import { useAmazonOrder, useRetry } from "../../parts/orderData";
import { type AmazonOrder as Order, ImportState, OrderStatus } from "../../parts/orders";
import { ProblemAlert } from "../../parts/problems";
import { ErrorState, Loading } from "../../parts/states";
import { Title } from "../../parts/Title";
import { useMay } from "../../shell/session";
import { BlockFix } from "./BlockFix";
import { Commands } from "./Commands";
import { Details } from "./Details";
import { History } from "./History";
import { Items } from "./Items";
import { MoneyTab } from "./MoneyTab";
import { OrderWarnings } from "./OrderWarnings";
import { Packages } from "./Packages";
import { type OrderTab, orderTabs } from "./tabs";

const panels: Record<OrderTab, (order: Order) => ReactNode> = {
  details: (order) => <Details order={order} />,
  items: (order) => <Items order={order} />,
  packages: (order) => <Packages order={order} />,
  commands: (order) => <Commands order={order} />,
  money: (order) => <MoneyTab order={order} />,
  history: (order) => <History order={order} />,
};

function OrderTabs({ order }: { order: Order }) {
  const text = useText();
  const { tab } = useSearch({ from: "/shell/amazon-orders/$store/$id" });
  const navigate = useNavigate({ from: "/amazon-orders/$store/$id" });
  return (
    <Tabs
      aria-label={text("order.parts")}
      selectedKey={tab ?? "details"}
      onSelectionChange={(key) =>
        void navigate({ search: key === "details" ? {} : { tab: key as OrderTab }, replace: true })
      }
    >
      <TabList>
        {orderTabs.map((name) => (
          <Tab key={name} id={name}>
            {text(`order_tab.${name}` as MessageId)}
          </Tab>
        ))}
      </TabList>
      {orderTabs.map((name) => (
        <TabPanel key={name} id={name}>
          {panels[name](order)}
        </TabPanel>
      ))}
    </Tabs>
  );
}

function Actions({ order, retry }: { order: Order; retry: ReturnType<typeof useRetry> }) {
  const text = useText();
  const isOperator = useMay("operator");
  const seller = order.seller_central_link;
  const mayRetry = ["waiting", "importing"].includes(order.import_state);
  return (
    <ButtonGroup>
      {order.commerce_order !== null && (
        <LinkButton variant="accent" href={commercePath(order.commerce_order.id)}>
          {text("order.open_commerce", { number: order.commerce_order.number })}
        </LinkButton>
      )}
      {seller !== null && (
        <LinkButton variant="secondary" fillStyle="outline" href={seller} target="_blank" rel="noreferrer">
          {text("order.open_seller_central")}
        </LinkButton>
      )}
      {/* For a blocked order the button stands with the block. */}
      {isOperator && mayRetry && (
        <Button
          variant="secondary"
          fillStyle="outline"
          isPending={retry.isPending}
          onPress={() => retry.mutate()}
        >
          {text("order.retry")}
        </Button>
      )}
    </ButtonGroup>
  );
}

function Summary({ order }: { order: Order }) {
  const text = useText();
  return (
    <div
      className={style({
        display: "flex",
        flexWrap: "wrap",
        alignItems: "center",
        gap: 16,
        marginBottom: 16,
      })}
    >
      <OrderStatus status={order.status} />
      <ImportState state={order.import_state} />
      {order.cancel_request !== null && <Mark tone="notice">{text("order.cancel_request")}</Mark>}
      {order.note !== null && order.block === null && (
        <span className={style({ font: "ui", overflowWrap: "anywhere", minWidth: 0 })}>{order.note}</span>
      )}
    </div>
  );
}

function Page({ order }: { order: Order }) {
  const text = useText();
  const retry = useRetry(order);
  return (
    <>
      <Title number={order.amazon_order_id} actions={<Actions order={order} retry={retry} />}>
        {text("order.title", { number: order.amazon_order_id })}
      </Title>
      <Summary order={order} />
      <BlockFix order={order} retry={retry} />
      {order.block === null && <ProblemAlert error={retry.error} />}
      <div className={style({ display: "flex", flexDirection: "column", gap: 16, marginBottom: 16 })}>
        <OrderWarnings order={order} />
      </div>
      <OrderTabs order={order} />
    </>
  );
}

export function AmazonOrder() {
  const { store, id } = useParams({ from: "/shell/amazon-orders/$store/$id" });
  const order = useAmazonOrder(store, id);
  return (
    <>
      <Neighbours />
      {order.isPending ? (
        <Loading />
      ) : order.error ? (
        <ErrorState error={order.error} retry={() => void order.refetch()} />
      ) : (
        // Another order begins anew: what was shown of one is not shown of the next.
        <Page key={id} order={order.data} />
      )}
    </>
  );
}
