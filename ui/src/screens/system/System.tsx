// How the service is: its version, its health, what it still has to do, and whether it sends anything.
import { Content, Heading, InlineAlert, StatusLight } from "@react-spectrum/s2";
import { style } from "@react-spectrum/s2/style" with { type: "macro" };

import type { Schemas } from "../../api/client";
import { type MessageId, useText } from "../../i18n";
import { Fact, Facts } from "../../parts/Facts";
import { useFormat } from "../../parts/format";
import { Panel } from "../../parts/Panel";
import { ErrorState, Loading } from "../../parts/states";
import { Title } from "../../parts/Title";
import { useMay } from "../../shell/session";
import { SyncButton } from "../dashboard/SyncButton";
import { useHealth, useSystem } from "./queries";

function Answer({ query }: { query: { isPending: boolean; error: Error | null } }) {
  const text = useText();
  if (query.isPending) return <StatusLight variant="neutral">{text("state.loading")}</StatusLight>;
  return (
    <StatusLight variant={query.error === null ? "positive" : "negative"}>
      {text(query.error === null ? "system.answers" : "system.answers_not")}
    </StatusLight>
  );
}

function ReadOnly({ mode }: { mode: Schemas["ReadOnly"] | null }) {
  const text = useText();
  const format = useFormat();
  if (mode === null) return <StatusLight variant="positive">{text("system.read_only_off")}</StatusLight>;
  return (
    <InlineAlert variant="notice">
      <Heading>{text("system.read_only_on", { since: format.dateTime(mode.since) })}</Heading>
      <Content>{text(`read_only.${mode.reason}` as MessageId)}</Content>
    </InlineAlert>
  );
}

export function System() {
  const text = useText();
  const format = useFormat();
  const operator = useMay("operator");
  const system = useSystem();
  const health = useHealth();
  if (system.isPending) return <Loading />;
  if (system.error) return <ErrorState error={system.error} retry={() => void system.refetch()} />;
  const { data } = system;
  return (
    <>
      <Title actions={operator && <SyncButton store={null} />}>{text("nav.system")}</Title>
      <Panel heading={text("system.health")}>
        <Facts>
          <Fact label={text("system.service")}>
            <Answer query={health.process} />
          </Fact>
          <Fact label={text("system.database")}>
            <Answer query={health.database} />
          </Fact>
          <Fact label={text("system.version")}>{data.version}</Fact>
          <Fact label={text("system.now")}>{format.dateTime(data.now)}</Fact>
        </Facts>
      </Panel>
      <Panel heading={text("system.sync")}>
        <Facts>
          <Fact label={text("system.last_sync")}>
            {data.last_sync_started_at === null
              ? text("system.never")
              : format.dateTime(data.last_sync_started_at)}
          </Fact>
          <Fact label={text("system.dirty_orders")}>{format.number(data.dirty_orders)}</Fact>
        </Facts>
        <p className={style({ font: "body-sm", color: "gray-700", margin: 0 })}>
          {text("system.dirty_orders_help")}
        </p>
      </Panel>
      <Panel heading={text("system.read_only")} help={text("system.read_only_help")}>
        <ReadOnly mode={data.read_only} />
      </Panel>
    </>
  );
}
