// Everything that waits for a person, over all stores or in one. The address names the tab and the store.
import { Tab, TabList, TabPanel, Tabs } from "@react-spectrum/s2";
import { style } from "@react-spectrum/s2/style" with { type: "macro" };
import { useNavigate, useSearch } from "@tanstack/react-router";

import { type MessageId, useText } from "../../i18n";
import { AnyPicker } from "../../parts/AnyPicker";
import { Title } from "../../parts/Title";
import { useStores } from "../stores/queries";
import { Blocked, useBlocked } from "./Blocked";
import { Decisions, useDecisions } from "./Decisions";
import { Quarantine, useQuarantine } from "./Quarantine";
import { Rejected, useRejected } from "./Rejected";
import { ShipBy, useShipBy } from "./ShipBy";

const panel = style({ marginTop: 16 });
const tabs = ["blocked", "commands", "decisions", "ship_by", "quarantine"] as const;
type TabName = (typeof tabs)[number];

interface Pages {
  query: { data?: unknown; hasNextPage: boolean };
  items: readonly unknown[];
}

function useTabName() {
  const text = useText();
  return (tab: TabName, count: number | null, more: boolean) => {
    const name = text(`attention.tab_${tab}` as MessageId);
    if (count === null || count === 0) return name;
    return text(more ? "attention.tab_at_least" : "attention.tab_count", { name, count });
  };
}

/** For who has more than one. */
function StorePicker({ store, change }: { store: string | undefined; change: (store: string) => void }) {
  const text = useText();
  const stores = useStores().data?.items ?? [];
  if (stores.length < 2 && store === undefined) return null;
  return (
    <div className={style({ display: "flex", marginBottom: 16 })}>
      <AnyPicker label={text("filter.store")} known={stores} value={store} change={change} />
    </div>
  );
}

export function Attention() {
  const text = useText();
  const tabName = useTabName();
  const navigate = useNavigate({ from: "/attention" });
  const search = useSearch({ from: "/shell/attention" });
  const { store } = search;
  const blocked = useBlocked(store);
  const rejected = useRejected(store);
  const decisions = useDecisions(store);
  const shipBy = useShipBy(store);
  const quarantine = useQuarantine(store);
  const named = (tab: TabName, pages: Pages) =>
    tabName(tab, pages.query.data === undefined ? null : pages.items.length, pages.query.hasNextPage);
  const go = (next: { tab?: string; store?: string }) =>
    void navigate({
      search: { ...(next.tab && { tab: next.tab }), ...(next.store && { store: next.store }) },
      replace: true,
    });
  const selected = tabs.find((tab) => tab === search.tab) ?? "blocked";
  return (
    <>
      <Title>{text("nav.attention")}</Title>
      <StorePicker store={store} change={(next) => go({ ...search, store: next })} />
      <Tabs
        aria-label={text("nav.attention")}
        selectedKey={selected}
        onSelectionChange={(tab) => go({ ...search, tab: String(tab) })}
      >
        <TabList>
          <Tab id="blocked">{named("blocked", blocked)}</Tab>
          <Tab id="commands">{named("commands", rejected)}</Tab>
          <Tab id="decisions">{named("decisions", decisions)}</Tab>
          <Tab id="ship_by">
            {tabName("ship_by", shipBy.risk?.orders.length ?? null, shipBy.risk?.more ?? false)}
          </Tab>
          <Tab id="quarantine">{named("quarantine", quarantine)}</Tab>
        </TabList>
        <TabPanel styles={panel} id="blocked">
          <Blocked blocked={blocked} store={store} />
        </TabPanel>
        <TabPanel styles={panel} id="commands">
          <Rejected rejected={rejected} />
        </TabPanel>
        <TabPanel styles={panel} id="decisions">
          <Decisions decisions={decisions} />
        </TabPanel>
        <TabPanel styles={panel} id="ship_by">
          <ShipBy shipBy={shipBy} store={store} />
        </TabPanel>
        <TabPanel styles={panel} id="quarantine">
          <Quarantine quarantine={quarantine} />
        </TabPanel>
      </Tabs>
    </>
  );
}
