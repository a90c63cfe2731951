// What a merchant's day on one store looks like: figures, what Amazon's limits still allow, recent orders.
import { Content, Heading, InlineAlert, Link, LinkButton, ProgressBar } from "@react-spectrum/s2";
import { style } from "@react-spectrum/s2/style" with { type: "macro" };
import { useNavigate, useParams } from "@tanstack/react-router";

import type { Schemas } from "../../api/client";
import { useText } from "../../i18n";
import { Flag } from "../../parts/flags/Flag";
import { useCountryName } from "../../parts/marketplaces";
import { Panel } from "../../parts/Panel";
import { FactCard } from "../../parts/Sections";
import { ErrorState, Loading } from "../../parts/states";
import { Title } from "../../parts/Title";
import { useMay } from "../../shell/session";
import { useDashboard } from "../stores/queries";
import { LastSync, StoreState } from "../stores/state";
import { StoreMenu } from "../stores/StoreMenu";
import { Counts } from "./Counts";
import { RecentOrders } from "./RecentOrders";
import { Revenue } from "./Revenue";
import { SellerCentral } from "./SellerCentral";
import { SyncButton } from "./SyncButton";

function Actions({ store }: { store: Schemas["Store"] }) {
  const text = useText();
  const navigate = useNavigate();
  const operator = useMay("operator");
  const administrator = useMay("administrator");
  return (
    <div className={style({ display: "flex", gap: 12, flexWrap: "wrap" })}>
      {operator && store.active && <SyncButton store={store.id} />}
      <LinkButton
        variant="secondary"
        fillStyle="outline"
        href={`/stores/${encodeURIComponent(store.id)}/settings`}
      >
        {text("dashboard.settings")}
      </LinkButton>
      {administrator && <StoreMenu store={store} deleted={() => void navigate({ to: "/stores" })} />}
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
            styles={style({ width: 240 })}
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

/** Which store this is, and how it is. */
function About({ store }: { store: Schemas["Store"] }) {
  const text = useText();
  const countryName = useCountryName();
  return (
    <div className={style({ marginBottom: 24 })}>
      <FactCard
        facts={[
          { label: text("stores.marketplace"), value: countryName(store.marketplace) },
          { label: text("stores.back_end"), value: text(`back_end.${store.back_end}`) },
          { label: text("column.status"), value: <StoreState store={store} /> },
          { label: text("stores.last_sync"), value: <LastSync sync={store.last_sync} /> },
        ]}
      />
    </div>
  );
}

/** Orders of this store are not read, or not imported: nothing of what is below goes on. */
function Standstill({ store }: { store: Schemas["Store"] }) {
  const text = useText();
  if (store.active && store.settings.import_orders) return null;
  return (
    <InlineAlert variant={store.active ? "informative" : "notice"} styles={style({ marginBottom: 24 })}>
      <Heading level={2}>
        {text(store.active ? "dashboard.import_off_heading" : "dashboard.inactive_heading")}
      </Heading>
      <Content>
        {store.active ? (
          <>
            {text("dashboard.import_off")}{" "}
            <Link href={`/stores/${encodeURIComponent(store.id)}/settings`}>
              {text("dashboard.to_settings")}
            </Link>
          </>
        ) : (
          text("dashboard.inactive")
        )}
      </Content>
    </InlineAlert>
  );
}

export function Dashboard() {
  const { store } = useParams({ from: "/shell/stores/$store" });
  const dashboard = useDashboard(store);
  if (dashboard.isPending) return <Loading />;
  if (dashboard.error) return <ErrorState error={dashboard.error} retry={() => void dashboard.refetch()} />;
  const { data } = dashboard;
  return (
    <>
      <Title picture={<Flag country={data.store.marketplace} />} actions={<Actions store={data.store} />}>
        {data.store.name}
      </Title>
      <Standstill store={data.store} />
      <About store={data.store} />
      <Counts store={data.store.id} counts={data.counts} />
      {/* Another store begins anew: what was shown of one is not shown of the next. */}
      <RecentOrders key={data.store.id} dashboard={data} />
      <Revenue dashboard={data} />
      <Budget quotas={data.quotas} />
      <SellerCentral marketplace={data.store.marketplace} />
    </>
  );
}
