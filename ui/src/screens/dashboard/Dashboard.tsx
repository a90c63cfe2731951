// What a merchant's day on one store looks like: figures, what Amazon's limits still allow, recent orders.
import {
  Content,
  Heading,
  InlineAlert,
  Link,
  LinkButton,
  ProgressBar,
  ToggleButton,
} from "@react-spectrum/s2";
import { style } from "@react-spectrum/s2/style" with { type: "macro" };
import { useNavigate, useParams } from "@tanstack/react-router";

import type { Schemas } from "../../api/client";
import { useText } from "../../i18n";
import { Flag } from "../../parts/flags/Flag";
import { useFormat } from "../../parts/format";
import { Panel } from "../../parts/Panel";
import { usePreference } from "../../parts/preferences";
import { ErrorState, Loading } from "../../parts/states";
import { Title } from "../../parts/Title";
import { useMay, useSession } from "../../shell/session";
import { useDashboard } from "../stores/queries";
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

function RecentPanel({ dashboard, buyers }: { dashboard: Schemas["Dashboard"]; buyers: Buyers }) {
  const text = useText();
  const format = useFormat();
  const { store, recent_orders } = dashboard;
  return (
    <Panel
      heading={text("dashboard.recent_orders")}
      help={text("dashboard.recent_as_of", { time: format.dateTime(store.watermark) })}
      actions={
        <div className={style({ display: "flex", gap: 16, flexWrap: "wrap", alignItems: "center" })}>
          {buyers.maySee && (
            <ToggleButton isSelected={buyers.areShown} onChange={buyers.show}>
              {text("dashboard.buyers")}
            </ToggleButton>
          )}
          <Link href={`/amazon-orders?store=${encodeURIComponent(store.id)}`} isStandalone>
            {text("dashboard.all_orders")}
          </Link>
        </div>
      }
    >
      <RecentOrders orders={recent_orders} withBuyer={buyers.areShown} />
    </Panel>
  );
}

interface Buyers {
  maySee: boolean;
  areShown: boolean;
  show: (next: boolean) => void;
}

/** Whether buyers' names are shown: a person's own choice, as each look is recorded. */
function useBuyers(): Buyers {
  const maySee = useSession().data?.buyer_data ?? false;
  const { value, keep } = usePreference<boolean>("dashboard_buyers");
  return {
    maySee,
    areShown: maySee && value === true,
    show: (next) => void keep(next).catch(() => {}),
  };
}

export function Dashboard() {
  const text = useText();
  const { store } = useParams({ from: "/shell/stores/$store" });
  const buyers = useBuyers();
  const dashboard = useDashboard(store, buyers.areShown);
  if (dashboard.isPending) return <Loading />;
  if (dashboard.error) return <ErrorState error={dashboard.error} retry={() => void dashboard.refetch()} />;
  const { data } = dashboard;
  return (
    <>
      <Title picture={<Flag country={data.store.marketplace} />} actions={<Actions store={data.store} />}>
        {data.store.name}
      </Title>
      {!data.store.active && (
        <InlineAlert variant="notice" styles={style({ marginBottom: 24 })}>
          <Heading level={2}>{text("dashboard.inactive_heading")}</Heading>
          <Content>{text("dashboard.inactive")}</Content>
        </InlineAlert>
      )}
      <Counts store={data.store.id} counts={data.counts} />
      <RecentPanel dashboard={data} buyers={buyers} />
      <Revenue dashboard={data} />
      <Budget quotas={data.quotas} />
      <SellerCentral marketplace={data.store.marketplace} />
    </>
  );
}
