// How a store is: whether its orders are read, and how the last reading went.
import { StatusLight } from "@react-spectrum/s2";

import type { Schemas } from "../../api/client";
import { useText } from "../../i18n";
import { useFormat } from "../../parts/format";

type Store = Schemas["Store"];

export function StoreState({ store }: { store: Store }) {
  const text = useText();
  return (
    <StatusLight size="S" variant={store.active ? "positive" : "neutral"}>
      {text(store.active ? "stores.active" : "stores.inactive")}
    </StatusLight>
  );
}

/** The newest run of sync that ended, and why it failed if it did. */
export function LastSync({ sync }: { sync: Store["last_sync"] }) {
  const text = useText();
  const format = useFormat();
  if (sync === null) return text("stores.not_synced");
  const ended = format.dateTime(sync.finished_at ?? sync.started_at);
  return (
    <StatusLight size="S" variant={sync.state === "done" ? "positive" : "negative"}>
      {sync.state === "done" ? ended : text("stores.sync_failed", { time: ended, error: sync.error ?? "" })}
    </StatusLight>
  );
}
