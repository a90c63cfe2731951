// Last step: the first sync, watched until it has ended. The address names the run, so a reload goes on.
import { Button, Content, Heading, InlineAlert, LinkButton, ProgressBar } from "@react-spectrum/s2";
import { style } from "@react-spectrum/s2/style" with { type: "macro" };
import { useQuery } from "@tanstack/react-query";

import { api, body, type Schemas } from "../../api/client";
import { useText } from "../../i18n";
import { useChange } from "../../parts/change";
import { Fact, Facts } from "../../parts/Facts";
import { useFormat } from "../../parts/format";
import { Panel } from "../../parts/Panel";
import { ErrorState, Loading } from "../../parts/states";

const kLookMs = 1_000;

function useRun(run: string) {
  return useQuery({
    queryKey: ["sync-runs", "one", run],
    queryFn: () => body(api.GET("/api/v1/sync-runs/{id}", { params: { path: { id: run } } })),
    refetchInterval: (query) => (query.state.data?.state === "running" ? kLookMs : false),
  });
}

export function useStartSync(started: (run: Schemas["SyncRun"]) => void) {
  return useChange({
    call: (store: string) => body(api.POST("/api/v1/sync-runs", { body: { store } })),
    touches: [["sync-runs"]],
    done: () => null,
    after: started,
    toastProblem: true,
  });
}

function Ended({ run, again, pending }: { run: Schemas["SyncRun"]; again: () => void; pending: boolean }) {
  const text = useText();
  if (run.state === "done")
    return (
      <InlineAlert variant="positive" autoFocus>
        <Heading>{text("store_new.sync_done")}</Heading>
        <Content>{text("store_new.sync_done_help")}</Content>
      </InlineAlert>
    );
  return (
    <InlineAlert variant="negative" autoFocus>
      <Heading>{text("store_new.sync_failed")}</Heading>
      <Content>
        <p>{run.error ?? text("state.failed")}</p>
        <Button variant="secondary" isPending={pending} onPress={again}>
          {text("state.retry")}
        </Button>
      </Content>
    </InlineAlert>
  );
}

interface SyncStepProps {
  store: string;
  run: string;
  restarted: (run: string) => void;
}

export function SyncStep({ store, run: id, restarted }: SyncStepProps) {
  const text = useText();
  const format = useFormat();
  const run = useRun(id);
  const start = useStartSync((next) => restarted(next.id));
  if (run.isPending) return <Loading />;
  if (run.error) return <ErrorState isPart error={run.error} retry={() => void run.refetch()} />;
  const { data } = run;
  return (
    <Panel heading={text("store_new.sync_heading")} help={text("store_new.sync_help")}>
      {data.state === "running" ? (
        <ProgressBar
          isIndeterminate
          label={text("store_new.sync_running")}
          styles={style({ width: "full", maxWidth: 480 })}
        />
      ) : (
        <Ended run={data} again={() => start.mutate(store)} pending={start.isPending} />
      )}
      <div aria-live="polite">
        <Facts>
          <Fact label={text("store_new.sync_read")}>{format.number(data.orders_read)}</Fact>
          <Fact label={text("store_new.sync_changed")}>{format.number(data.orders_changed)}</Fact>
          <Fact label={text("store_new.sync_started")}>{format.dateTime(data.started_at)}</Fact>
        </Facts>
      </div>
      <div>
        <LinkButton
          variant={data.state === "running" ? "secondary" : "accent"}
          href={`/stores/${encodeURIComponent(store)}`}
        >
          {text("store_new.to_dashboard")}
        </LinkButton>
      </div>
    </Panel>
  );
}
