// One store: what it is, what it sells, and what waits for a person there.
import { Link, LinkButton } from "@react-spectrum/s2";
import { style } from "@react-spectrum/s2/style" with { type: "macro" };
import { useId } from "react";

import type { Schemas } from "../../api/client";
import { useText } from "../../i18n";
import { DialogButton } from "../../parts/DialogButton";
import { Fact, Facts } from "../../parts/Facts";
import { Flag } from "../../parts/flags/Flag";
import { useFormat } from "../../parts/format";
import { attentionPath, toShipPath } from "../../parts/links";
import { Mark } from "../../parts/Mark";
import { useCountryName } from "../../parts/marketplaces";
import { useMay } from "../../shell/session";
import { CredentialsDialog } from "./CredentialsDialog";
import { Sales } from "./Sales";
import { LastSync, StoreState } from "./state";
import { StoreMenu } from "./StoreMenu";

type Store = Schemas["Store"];

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
const row = style({
  font: "ui",
  display: "flex",
  columnGap: 12,
  rowGap: 8,
  flexWrap: "wrap",
  alignItems: "center",
});

/** Figures that need a person, each with the list that it counts. */
function needsOf(store: Store) {
  const { id, needs } = store;
  return [
    { name: "overdue", count: needs.overdue, href: attentionPath(id, "ship_by") },
    { name: "due_in_24h", count: needs.due_in_24h, href: attentionPath(id, "ship_by") },
    { name: "blocked", count: needs.blocked, href: attentionPath(id) },
    { name: "rejected", count: needs.commands_rejected, href: attentionPath(id, "commands") },
    { name: "decisions", count: needs.attention, href: attentionPath(id, "decisions") },
    { name: "to_ship", count: needs.to_ship, href: toShipPath(id) },
  ] as const;
}

function Needs({ store }: { store: Store }) {
  const text = useText();
  const needs = needsOf(store).filter(({ count }) => count > 0);
  return (
    <div className={row}>
      {store.account_paused && <Mark tone="negative">{text("stores.paused")}</Mark>}
      {needs.map(({ name, count, href }) => (
        <Link key={name} href={href}>
          {text(`stores.${name}`, { count })}
        </Link>
      ))}
      {needs.length === 0 && !store.account_paused && (
        <span className={style({ font: "ui", color: "gray-800" })}>{text("stores.quiet")}</span>
      )}
    </div>
  );
}

function Actions({ store, account }: StoreCardProps) {
  const text = useText();
  const administrator = useMay("administrator");
  return (
    <div className={row}>
      <LinkButton
        variant="secondary"
        fillStyle="outline"
        href={`/stores/${encodeURIComponent(store.id)}/settings`}
        aria-label={text("stores.settings_of", { store: store.name })}
      >
        {text("stores.settings")}
      </LinkButton>
      {administrator && account !== undefined && (
        <DialogButton
          label={text("stores.credentials")}
          variant={store.account_paused ? "accent" : "secondary"}
          fillStyle={store.account_paused ? "fill" : "outline"}
          name={text("stores.credentials_of", { account: account.name })}
        >
          {() => <CredentialsDialog account={account} />}
        </DialogButton>
      )}
      <span className={style({ flexGrow: 1 })} />
      {administrator && <StoreMenu store={store} />}
    </div>
  );
}

interface StoreCardProps {
  store: Store;
  account: Schemas["Account"] | undefined;
}

export function StoreCard({ store, account }: StoreCardProps) {
  const text = useText();
  const format = useFormat();
  const countryName = useCountryName();
  const id = useId();
  return (
    <article aria-labelledby={id} className={card}>
      <div className={row}>
        <Flag country={store.marketplace} />
        <h2 id={id} className={style({ font: "title", margin: 0, flexGrow: 1 })}>
          <Link href={`/stores/${encodeURIComponent(store.id)}`} isStandalone isQuiet>
            {store.name}
          </Link>
        </h2>
        <StoreState store={store} />
      </div>
      <Sales sales={store.sales} />
      <Needs store={store} />
      <Facts>
        <Fact label={text("stores.marketplace")}>{countryName(store.marketplace)}</Fact>
        <Fact label={text("stores.account")}>{account?.name ?? store.account}</Fact>
        <Fact label={text("stores.back_end")}>{text(`back_end.${store.back_end}`)}</Fact>
        <Fact label={text("stores.watermark")}>{format.dateTime(store.watermark)}</Fact>
        <Fact label={text("stores.last_sync")}>
          <LastSync sync={store.last_sync} />
        </Fact>
      </Facts>
      <Actions store={store} account={account} />
    </article>
  );
}
