// Asks for a sync now, of one store or of all. How it goes on stands above the screen.
import { Button } from "@react-spectrum/s2";

import { api, body } from "../../api/client";
import { useText } from "../../i18n";
import { useChange } from "../../parts/change";
import { useWatchSync } from "../../shell/work";

export function SyncButton({ store }: { store: string | null }) {
  const text = useText();
  const watch = useWatchSync();
  const sync = useChange({
    call: () => body(api.POST("/api/v1/sync-runs", { body: { store } })),
    touches: [["sync-runs"], ["system"]],
    done: () => null,
    after: watch,
    toastProblem: true,
  });
  return (
    <Button variant="secondary" isPending={sync.isPending} onPress={() => sync.mutate()}>
      {text("dashboard.sync_now")}
    </Button>
  );
}
