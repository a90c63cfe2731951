// One commerce order of the built-in back end: what it holds, what was made from it, what can be done with it.
import { useQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";

import { api, body } from "../../api/client";
import { useLanguage, useText } from "../../i18n";
import { commerceKey, CommerceStatus, RecipientAddress } from "../../parts/commerce";
import { FactCard } from "../../parts/Sections";
import { useFormat } from "../../parts/format";
import { ErrorState, Loading } from "../../parts/states";
import { Title } from "../../parts/Title";
import { AmazonBox } from "./AmazonBox";
import { Comments } from "./Comments";
import { CreditMemos, Invoices, Shipments } from "./Documents";
import { Lines, Totals } from "./Lines";
import { OrderActions } from "./OrderActions";

export function CommerceOrder() {
  const text = useText();
  const format = useFormat();
  const { language } = useLanguage();
  const { id } = useParams({ from: "/shell/commerce-orders/$id" });
  const order = useQuery({
    queryKey: [...commerceKey, "one", id, language],
    queryFn: () => body(api.GET("/api/v1/commerce-orders/{id}", { params: { path: { id } } })),
  });
  if (order.isPending) return <Loading />;
  if (order.error) return <ErrorState error={order.error} retry={() => void order.refetch()} />;
  const { data } = order;
  return (
    <>
      <Title actions={<CommerceStatus status={data.status} />}>
        {text("commerce.title", { number: data.number })}
      </Title>
      <OrderActions order={data} />
      <FactCard
        facts={[
          { label: text("commerce.recipient"), value: <RecipientAddress recipient={data.recipient} /> },
          { label: text("column.total"), value: format.money(data.totals.grand_total) },
          { label: text("column.made"), value: format.dateTime(data.created_at) },
          { label: text("column.changed"), value: format.dateTime(data.updated_at) },
        ]}
      />
      <AmazonBox order={data} />
      <Lines order={data} />
      <Totals order={data} />
      <Invoices order={data} />
      <Shipments order={data} />
      <CreditMemos order={data} />
      <Comments order={data} />
    </>
  );
}
