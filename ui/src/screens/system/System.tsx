// How the service is: its version, its health, what it holds and still has to do, and whether it sends anything.
import { StatusLight } from "@react-spectrum/s2";
import { style } from "@react-spectrum/s2/style" with { type: "macro" };

import type { Schemas } from "../../api/client";
import { useText } from "../../i18n";
import { Fact, Facts } from "../../parts/Facts";
import { useFormat } from "../../parts/format";
import { Panel } from "../../parts/Panel";
import { ErrorState, Loading } from "../../parts/states";
import { Title } from "../../parts/Title";
import { useMay } from "../../shell/session";
import { SyncButton } from "../dashboard/SyncButton";
import { useHealth, useSystem } from "./queries";
import { ReadOnly } from "./ReadOnly";

type SystemFacts = Schemas["System"];

function Answer({ query }: { query: { isPending: boolean; error: Error | null } }) {
  const text = useText();
  if (query.isPending) return <StatusLight variant="neutral">{text("state.loading")}</StatusLight>;
  return (
    <StatusLight variant={query.error === null ? "positive" : "negative"}>
      {text(query.error === null ? "system.answers" : "system.answers_not")}
    </StatusLight>
  );
}

function Health({ system }: { system: SystemFacts }) {
  const text = useText();
  const format = useFormat();
  const health = useHealth();
  return (
    <Panel heading={text("system.health")}>
      <Facts>
        <Fact label={text("system.service")}>
          <Answer query={health.process} />
        </Fact>
        <Fact label={text("system.database")}>
          <Answer query={health.database} />
        </Fact>
        <Fact label={text("system.version")}>{system.version}</Fact>
        <Fact label={text("system.started")}>{format.dateTime(system.started_at)}</Fact>
        <Fact label={text("system.now")}>{format.dateTime(system.now)}</Fact>
        <Fact label={text("system.clock")}>
          {system.clock === "system" ? text("system.clock_system") : system.clock}
        </Fact>
      </Facts>
    </Panel>
  );
}

function Storage({ system }: { system: SystemFacts }) {
  const text = useText();
  const format = useFormat();
  const { database } = system;
  return (
    <Panel heading={text("system.storage")} help={text("system.storage_help")}>
      <Facts>
        <Fact label={text("system.engine")}>{text(`engine.${database.engine}`)}</Fact>
        <Fact label={text("system.size")}>{format.bytes(database.size_bytes)}</Fact>
        <Fact label={text("system.schema")}>{format.number(database.schema)}</Fact>
        <Fact label={text("system.key_store")}>{text(`engine.${system.key_store_engine}`)}</Fact>
        <Fact label={text("system.last_backup")}>
          {system.last_backup_at === null ? (
            <StatusLight variant="notice">{text("system.no_backup")}</StatusLight>
          ) : (
            format.dateTime(system.last_backup_at)
          )}
        </Fact>
      </Facts>
    </Panel>
  );
}

const counted = [
  "amazon_orders",
  "accounts",
  "stores",
  "attention",
  "quarantined",
  "commands_open",
  "commands_rejected",
] as const;

function Holds({ system }: { system: SystemFacts }) {
  const text = useText();
  const format = useFormat();
  return (
    <Panel heading={text("system.holds")}>
      <Facts>
        {counted.map((name) => (
          <Fact key={name} label={text(`system.${name}`)}>
            {format.number(system.counts[name])}
          </Fact>
        ))}
      </Facts>
    </Panel>
  );
}

function Sync({ system }: { system: SystemFacts }) {
  const text = useText();
  const format = useFormat();
  return (
    <Panel heading={text("system.sync")}>
      <Facts>
        <Fact label={text("system.last_sync")}>
          {system.last_sync_started_at === null
            ? text("system.never")
            : format.dateTime(system.last_sync_started_at)}
        </Fact>
        <Fact label={text("system.dirty_orders")}>{format.number(system.dirty_orders)}</Fact>
      </Facts>
      <p className={style({ font: "body-sm", color: "gray-800", margin: 0 })}>
        {text("system.dirty_orders_help")}
      </p>
    </Panel>
  );
}

export function System() {
  const text = useText();
  const operator = useMay("operator");
  const system = useSystem();
  if (system.isPending) return <Loading />;
  if (system.error) return <ErrorState error={system.error} retry={() => void system.refetch()} />;
  const { data } = system;
  return (
    <>
      <Title actions={operator && <SyncButton store={null} />}>{text("nav.system")}</Title>
      <Health system={data} />
      <Sync system={data} />
      <ReadOnly mode={data.read_only} />
      <Holds system={data} />
      <Storage system={data} />
    </>
  );
}
