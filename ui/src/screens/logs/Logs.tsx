// What Fairway did: its runs of sync, calls of Amazon that failed, and for administrators who did and saw what.
import { Tab, TabList, TabPanel, Tabs } from "@react-spectrum/s2";
import { style } from "@react-spectrum/s2/style" with { type: "macro" };
import { useNavigate, useSearch } from "@tanstack/react-router";

import { useText } from "../../i18n";
import { Title } from "../../parts/Title";
import { useMay } from "../../shell/session";
import { Audit } from "./Audit";
import { CommunicationErrors } from "./CommunicationErrors";
import { SyncRuns } from "./SyncRuns";

const panel = style({ marginTop: 16 });
const tabs = ["sync", "errors", "audit"] as const;

export function Logs() {
  const text = useText();
  const administrator = useMay("administrator");
  const navigate = useNavigate({ from: "/logs" });
  const { tab, account, ...filters } = useSearch({ from: "/shell/logs" });
  const offered = tabs.filter((each) => each !== "audit" || administrator);
  return (
    <>
      <Title>{text("nav.logs")}</Title>
      <Tabs
        aria-label={text("nav.logs")}
        selectedKey={offered.find((each) => each === tab) ?? "sync"}
        onSelectionChange={(next) => void navigate({ search: { tab: String(next) }, replace: true })}
      >
        <TabList>
          {offered.map((each) => (
            <Tab key={each} id={each}>
              {text(`logs.tab_${each}`)}
            </Tab>
          ))}
        </TabList>
        <TabPanel styles={panel} id="sync">
          <SyncRuns />
        </TabPanel>
        <TabPanel styles={panel} id="errors">
          <CommunicationErrors
            account={account}
            change={(next) =>
              void navigate({ search: { tab: "errors", ...(next !== undefined && { account: next }) } })
            }
          />
        </TabPanel>
        {administrator && (
          <TabPanel styles={panel} id="audit">
            <Audit
              filters={filters}
              change={(next) => void navigate({ search: { tab: "audit", ...next } })}
            />
          </TabPanel>
        )}
      </Tabs>
    </>
  );
}
