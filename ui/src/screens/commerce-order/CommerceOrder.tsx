// One commerce order of the built-in back end: what it holds, what was made from it, what can be done with it.
import { style } from "@react-spectrum/s2/style" with { type: "macro" };
import { useQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { useState } from "react";

import { api, body } from "../../api/client";
import { useLanguage, useText } from "../../i18n";
import {
  commerceKey,
  type CommerceOrder as Order,
  CommerceStatus,
  RecipientAddress,
} from "../../parts/commerce";
import { useFormat } from "../../parts/format";
import { Neighbours } from "../../parts/Neighbours";
import { Reveal } from "../../parts/Reveal";
import { FactCard } from "../../parts/Sections";
import { ErrorState, Loading } from "../../parts/states";
import { Title } from "../../parts/Title";
import { AmazonBox } from "./AmazonBox";
import { Comments } from "./Comments";
import { CreditMemos, Invoices, Shipments } from "./Documents";
import { Lines, Totals } from "./Lines";
import { OrderActions } from "./OrderActions";

const read = (id: string, personal_data: boolean) =>
  body(api.GET("/api/v1/commerce-orders/{id}", { params: { path: { id }, query: { personal_data } } }));

/** Read when it is asked for and by nothing else: each reading is recorded. */
function useRevealed(id: string, isAsked: boolean) {
  const { language } = useLanguage();
  return useQuery({
    queryKey: [...commerceKey, "own", "revealed", id, language],
    queryFn: () => read(id, true),
    enabled: isAsked,
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnWindowFocus: false,
    // Gone from this browser's memory with the page.
    gcTime: 0,
  });
}

function Page({ order }: { order: Order }) {
  const text = useText();
  const format = useFormat();
  const [isAsked, ask] = useState(false);
  const revealed = useRevealed(order.id, isAsked);
  const { recipient } = revealed.data ?? order;
  return (
    <>
      <Title number={order.number} actions={<CommerceStatus status={order.status} />}>
        {text("commerce.title", { number: order.number })}
      </Title>
      <OrderActions order={order} />
      {order.recipient.state === "granted" && revealed.data === undefined && (
        <div className={style({ marginBottom: 16 })}>
          <Reveal isPending={revealed.isFetching} reveal={() => ask(true)} />
        </div>
      )}
      <FactCard
        facts={[
          { label: text("commerce.recipient"), value: <RecipientAddress recipient={recipient} /> },
          { label: text("column.total"), value: format.money(order.totals.grand_total) },
          { label: text("column.made"), value: format.dateTime(order.created_at) },
          { label: text("column.changed"), value: format.dateTime(order.updated_at) },
        ]}
      />
      <AmazonBox order={order} />
      <Lines order={order} />
      <Totals order={order} />
      <Invoices order={order} />
      <Shipments order={order} />
      <CreditMemos order={order} />
      <Comments order={order} />
    </>
  );
}

export function CommerceOrder() {
  const { language } = useLanguage();
  const { id } = useParams({ from: "/shell/commerce-orders/$id" });
  const order = useQuery({
    queryKey: [...commerceKey, "one", id, language],
    queryFn: () => read(id, false),
  });
  return (
    <>
      <Neighbours />
      {order.isPending ? (
        <Loading />
      ) : order.error ? (
        <ErrorState error={order.error} retry={() => void order.refetch()} />
      ) : (
        <Page key={id} order={order.data} />
      )}
    </>
  );
}
