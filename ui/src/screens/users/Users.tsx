// Who and what may sign in: people and tokens.
import { Tab, TabList, TabPanel, Tabs } from "@react-spectrum/s2";
import { style } from "@react-spectrum/s2/style" with { type: "macro" };
import { useNavigate, useSearch } from "@tanstack/react-router";

import { Problem } from "../../api/client";
import { useText } from "../../i18n";
import { ErrorState } from "../../parts/states";
import { Title } from "../../parts/Title";
import { useMay } from "../../shell/session";
import { People } from "./People";
import { Tokens } from "./Tokens";

const panel = style({ marginTop: 16 });

export function Users() {
  const text = useText();
  const administrator = useMay("administrator");
  const navigate = useNavigate({ from: "/users" });
  const { tab } = useSearch({ from: "/shell/users" });
  if (!administrator)
    return <ErrorState error={new Problem(403, "role_too_low", "", null)} retry={() => {}} />;
  return (
    <>
      <Title>{text("nav.users")}</Title>
      <Tabs
        aria-label={text("nav.users")}
        selectedKey={tab === "tokens" ? "tokens" : "people"}
        onSelectionChange={(next) => void navigate({ search: { tab: String(next) }, replace: true })}
      >
        <TabList>
          <Tab id="people">{text("users.tab_people")}</Tab>
          <Tab id="tokens">{text("users.tab_tokens")}</Tab>
        </TabList>
        <TabPanel styles={panel} id="people">
          <People />
        </TabPanel>
        <TabPanel styles={panel} id="tokens">
          <Tokens />
        </TabPanel>
      </Tabs>
    </>
  );
}
