// What Fairway did: its runs of sync, and for administrators who did and saw what.
import { Tab, TabList, TabPanel, Tabs } from "@react-spectrum/s2";
import { style } from "@react-spectrum/s2/style" with { type: "macro" };
import { useNavigate, useSearch } from "@tanstack/react-router";
import type { ReactNode } from "react";

import { useText } from "../../i18n";
import { Title } from "../../parts/Title";
import { useMay } from "../../shell/session";
import { Audit } from "./Audit";
import { SyncRuns } from "./SyncRuns";

function Panel({ children }: { children: ReactNode }) {
  return <div className={style({ paddingTop: 16 })}>{children}</div>;
}

export function Logs() {
  const text = useText();
  const administrator = useMay("administrator");
  const navigate = useNavigate({ from: "/logs" });
  const { tab, ...filters } = useSearch({ from: "/shell/logs" });
  const sync = (
    <Panel>
      <SyncRuns />
    </Panel>
  );
  if (!administrator)
    return (
      <>
        <Title>{text("nav.logs")}</Title>
        {sync}
      </>
    );
  return (
    <>
      <Title>{text("nav.logs")}</Title>
      <Tabs
        aria-label={text("nav.logs")}
        selectedKey={tab === "audit" ? "audit" : "sync"}
        onSelectionChange={(next) => void navigate({ search: { tab: String(next) }, replace: true })}
      >
        <TabList>
          <Tab id="sync">{text("logs.tab_sync")}</Tab>
          <Tab id="audit">{text("logs.tab_audit")}</Tab>
        </TabList>
        <TabPanel id="sync">{sync}</TabPanel>
        <TabPanel id="audit">
          <Panel>
            <Audit
              filters={filters}
              change={(next) => void navigate({ search: { tab: "audit", ...next } })}
            />
          </Panel>
        </TabPanel>
      </Tabs>
    </>
  );
}
