// What a merchant's day on one store looks like: figures, what Amazon's limits still allow, recent orders.
import { Content, Heading, InlineAlert, Link, LinkButton, ProgressBar } from "@react-spectrum/s2";
import { style } from "@react-spectrum/s2/style" with { type: "macro" };
import { useParams } from "@tanstack/react-router";

import type { Schemas } from "../../api/client";
import { useText } from "../../i18n";
import { useFormat } from "../../parts/format";
import { Panel } from "../../parts/Panel";
import { ErrorState, Loading } from "../../parts/states";
import { Title } from "../../parts/Title";
import { useMay } from "../../shell/session";
import { ActiveButton } from "../stores/ActiveButton";
import { useDashboard } from "../stores/queries";
import { Counts } from "./Counts";
import { RecentOrders } from "./RecentOrders";
import { SellerCentral } from "./SellerCentral";
import { SyncButton } from "./SyncButton";

function Actions({ store }: { store: Schemas["Store"] }) {
  const text = useText();
  const operator = useMay("operator");
  const administrator = useMay("administrator");
  return (
    <div className={style({ display: "flex", gap: 12, flexWrap: "wrap" })}>
      {operator && store.active && <SyncButton store={store.id} />}
      {administrator && (
        <LinkButton
          variant="secondary"
          fillStyle="outline"
          href={`/stores/${encodeURIComponent(store.id)}/settings`}
        >
          {text("dashboard.settings")}
        </LinkButton>
      )}
      {administrator && <ActiveButton store={store} />}
    </div>
  );
}

function Budget({ quotas }: { quotas: readonly Schemas["Quota"][] }) {
  const text = useText();
  if (quotas.length === 0) return null;
  return (
    <Panel heading={text("dashboard.budget")}>
      <div className={style({ display: "flex", gap: 24, flexWrap: "wrap" })}>
        {/* Spectrum's Meter names two roles at once, and axe finds no allowed attribute for that. */}
        {quotas.map((quota) => (
          <ProgressBar
            key={quota.operation}
            label={text("dashboard.quota", { operation: quota.operation })}
            value={Number(quota.available)}
            maxValue={quota.burst}
            valueLabel={text("dashboard.budget_value", {
              available: Math.floor(Number(quota.available)),
              burst: quota.burst,
            })}
          />
        ))}
      </div>
    </Panel>
  );
}

export function Dashboard() {
  const text = useText();
  const format = useFormat();
  const { store } = useParams({ from: "/shell/stores/$store" });
  const dashboard = useDashboard(store);
  if (dashboard.isPending) return <Loading />;
  if (dashboard.error) return <ErrorState error={dashboard.error} retry={() => void dashboard.refetch()} />;
  const { data } = dashboard;
  return (
    <>
      <Title actions={<Actions store={data.store} />}>{data.store.name}</Title>
      {!data.store.active && (
        <InlineAlert variant="notice" styles={style({ marginBottom: 24 })}>
          <Heading level={2}>{text("dashboard.inactive_heading")}</Heading>
          <Content>{text("dashboard.inactive")}</Content>
        </InlineAlert>
      )}
      <Counts store={data.store.id} counts={data.counts} />
      <Panel
        heading={text("dashboard.recent_orders")}
        help={text("dashboard.recent_as_of", { time: format.dateTime(data.store.watermark) })}
        actions={
          <Link href={`/amazon-orders?store=${encodeURIComponent(data.store.id)}`} isStandalone>
            {text("dashboard.all_orders")}
          </Link>
        }
      >
        <RecentOrders orders={data.recent_orders} />
      </Panel>
      <Budget quotas={data.quotas} />
      <SellerCentral marketplace={data.store.marketplace} />
    </>
  );
}
