// One store: what it is, how far Amazon was read, and what waits for a person there.
import { Badge, Button, DialogTrigger, Link, LinkButton, StatusLight } from "@react-spectrum/s2";
import { style } from "@react-spectrum/s2/style" with { type: "macro" };
import { useId } from "react";

import type { Schemas } from "../../api/client";
import { useText } from "../../i18n";
import { Fact, Facts } from "../../parts/Facts";
import { useFormat } from "../../parts/format";
import { flagOf, useCountryName } from "../../parts/marketplaces";
import { useMay } from "../../shell/session";
import { ActiveButton } from "./ActiveButton";
import { CredentialsDialog } from "./CredentialsDialog";
import { useStoreCounts } from "./queries";

const card = style({
  display: "flex",
  flexDirection: "column",
  gap: 16,
  padding: 16,
  boxSizing: "border-box",
  minWidth: 0,
  backgroundColor: "base",
  borderRadius: "lg",
  borderWidth: 1,
  borderStyle: "solid",
  borderColor: "gray-200",
});
const row = style({ display: "flex", gap: 12, flexWrap: "wrap", alignItems: "center" });

function Needs({ store, paused }: { store: Schemas["Store"]; paused: boolean }) {
  const text = useText();
  const { data: counts } = useStoreCounts(store.id);
  if (counts === undefined) return null;
  const orders = `/amazon-orders?store=${encodeURIComponent(store.id)}`;
  const quiet = !paused && counts.blocked + counts.commands_rejected + counts.to_ship === 0;
  return (
    <div className={row}>
      {quiet && <span className={style({ font: "ui", color: "gray-700" })}>{text("stores.quiet")}</span>}
      {paused && <Badge variant="negative">{text("stores.paused")}</Badge>}
      {counts.blocked > 0 && (
        <Link href="/attention">{text("stores.blocked", { count: counts.blocked })}</Link>
      )}
      {counts.commands_rejected > 0 && (
        <Link href="/attention?tab=commands">
          {text("stores.rejected", { count: counts.commands_rejected })}
        </Link>
      )}
      {counts.to_ship > 0 && (
        <Link href={`${orders}&status=Unshipped%2CPartiallyShipped`}>
          {text("stores.to_ship", { count: counts.to_ship })}
        </Link>
      )}
    </div>
  );
}

export function StoreCard({
  store,
  account,
}: {
  store: Schemas["Store"];
  account: Schemas["Account"] | undefined;
}) {
  const text = useText();
  const format = useFormat();
  const countryName = useCountryName();
  const administrator = useMay("administrator");
  const id = useId();
  return (
    <article aria-labelledby={id} className={card}>
      <div className={row}>
        <span role="img" aria-label={countryName(store.marketplace)} className={style({ font: "title-lg" })}>
          {flagOf(store.marketplace)}
        </span>
        <h2 id={id} className={style({ font: "title", margin: 0, flexGrow: 1 })}>
          <Link href={`/stores/${encodeURIComponent(store.id)}`} isStandalone isQuiet>
            {store.name}
          </Link>
        </h2>
        <StatusLight size="S" variant={store.active ? "positive" : "neutral"}>
          {text(store.active ? "stores.active" : "stores.inactive")}
        </StatusLight>
      </div>
      <Facts>
        <Fact label={text("stores.marketplace")}>{countryName(store.marketplace)}</Fact>
        <Fact label={text("stores.account")}>{account?.name ?? store.account}</Fact>
        <Fact label={text("stores.back_end")}>
          {text(store.back_end === "magento" ? "back_end.magento" : "back_end.builtin")}
        </Fact>
        <Fact label={text("stores.watermark")}>{format.dateTime(store.watermark)}</Fact>
      </Facts>
      <Needs store={store} paused={account?.paused ?? false} />
      {administrator && (
        <div className={row}>
          <LinkButton
            variant="secondary"
            fillStyle="outline"
            href={`/stores/${encodeURIComponent(store.id)}/settings`}
            aria-label={text("stores.settings_of", { store: store.name })}
          >
            {text("stores.settings")}
          </LinkButton>
          {account !== undefined && (
            <DialogTrigger>
              <Button
                variant={account.paused ? "accent" : "secondary"}
                fillStyle={account.paused ? "fill" : "outline"}
                aria-label={text("stores.credentials_of", { account: account.name })}
              >
                {text("stores.credentials")}
              </Button>
              <CredentialsDialog account={account} />
            </DialogTrigger>
          )}
          <ActiveButton store={store} />
        </div>
      )}
    </article>
  );
}
