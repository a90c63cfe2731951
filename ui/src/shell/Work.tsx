// How far the work is that a person asked for and that goes on by itself; its end is told in a toast.
import { ProgressBar, ToastQueue } from "@react-spectrum/s2";
import { style } from "@react-spectrum/s2/style" with { type: "macro" };
import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useEffectEvent } from "react";

import type { Schemas } from "../api/client";
import { type MessageId, useText } from "../i18n";
import { useStoreName } from "../screens/stores/queries";
import { ordersKey } from "./LiveEvents";
import { messagesKey } from "./Messages";
import { forgetReplan, forgetSync, type Replan, useExports, useReplan, useSyncs } from "./work";

type Run = Schemas["SyncRun"];

const bar = style({ width: "full", maxWidth: 480 });
const kToastMs = 6_000;

function ExportProgress({ file }: { file: Schemas["Export"] }) {
  const text = useText();
  const label = text("work.export", { list: text(`export.${file.list}` as MessageId) });
  const rows = text("work.rows", { count: file.rows });
  return file.total === null ? (
    <ProgressBar isIndeterminate label={`${label}`} valueLabel={rows} styles={bar} />
  ) : (
    <ProgressBar
      label={label}
      value={Math.min(file.rows, file.total)}
      maxValue={Math.max(file.total, 1)}
      valueLabel={text("work.of", { done: file.rows, all: file.total })}
      styles={bar}
    />
  );
}

/** What a run is called: by its store, or all of them. */
function useRunName() {
  const text = useText();
  const storeName = useStoreName();
  return ({ store }: Run) => (store === null ? text("logs.all_stores") : storeName(store));
}

function SyncProgress({ run }: { run: Run }) {
  const text = useText();
  const nameOf = useRunName();
  return (
    <ProgressBar
      isIndeterminate
      label={text("work.sync", { store: nameOf(run) })}
      valueLabel={text("work.orders_read", { count: run.orders_read })}
      styles={bar}
    />
  );
}

/** Orders that were marked, until all were checked; then how many of them are still blocked is said. */
function useReplanWork() {
  const text = useText();
  const queryClient = useQueryClient();
  const { data } = useReplan();
  const end = useEffectEvent(({ all, blocked }: Replan) => {
    if (!forgetReplan()) return;
    const said =
      blocked === null
        ? text("work.replan_over", { count: all })
        : text("work.replan_done", { count: all, blocked });
    ToastQueue.info(said, { timeout: kToastMs });
    for (const queryKey of [ordersKey, messagesKey, ["dashboard"], ["stores"]])
      void queryClient.invalidateQueries({ queryKey });
  });
  useEffect(() => {
    if (data?.isOver) end(data);
  }, [data]);
  return data != null && !data.isOver ? data : null;
}

/** Runs of sync that were asked for here and go on. */
function useSyncWork(): Run[] {
  const text = useText();
  const nameOf = useRunName();
  const queryClient = useQueryClient();
  const { data: runs = [] } = useSyncs();
  const end = useEffectEvent((run: Run) => {
    if (!forgetSync(run.id)) return;
    const store = nameOf(run);
    if (run.state === "done")
      ToastQueue.positive(text("work.sync_done", { store, count: run.orders_changed }), {
        timeout: kToastMs,
      });
    // It stays until it is closed: somebody waits for what did not happen.
    else ToastQueue.negative(text("work.sync_failed", { store, error: run.error ?? text("state.failed") }));
    for (const queryKey of [["sync-runs"], ["system"], ["stores"], ["dashboard"], ordersKey, messagesKey])
      void queryClient.invalidateQueries({ queryKey });
  });
  useEffect(() => {
    for (const run of runs) if (run.state !== "running") end(run);
  }, [runs]);
  return runs.filter((run) => run.state === "running");
}

export function Work() {
  const text = useText();
  const { data: exports = [] } = useExports();
  const replan = useReplanWork();
  const syncs = useSyncWork();
  if (exports.length === 0 && replan === null && syncs.length === 0) return null;
  return (
    <section
      aria-label={text("work.label")}
      className={style({
        display: "flex",
        flexWrap: "wrap",
        gap: 24,
        paddingX: { default: 16, lg: 24 },
        paddingTop: 16,
      })}
    >
      {replan !== null && (
        <ProgressBar
          label={text("work.replan")}
          value={replan.done}
          maxValue={replan.all}
          valueLabel={text("work.of", { done: replan.done, all: replan.all })}
          styles={bar}
        />
      )}
      {syncs.map((run) => (
        <SyncProgress key={run.id} run={run} />
      ))}
      {exports.map((file) => (
        <ExportProgress key={file.id} file={file} />
      ))}
    </section>
  );
}
