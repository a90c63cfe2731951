// Asks for a sync of one store now.
import { Button } from "@react-spectrum/s2";

import { api, body } from "../../api/client";
import { useText } from "../../i18n";
import { useChange } from "../../parts/change";

export function SyncButton({ store }: { store: string | null }) {
  const text = useText();
  const sync = useChange({
    call: () => body(api.POST("/api/v1/sync-runs", { body: { store } })),
    touches: [["sync-runs"], ["system"]],
    done: () => text("dashboard.sync_started"),
    toastProblem: true,
  });
  return (
    <Button variant="secondary" isPending={sync.isPending} onPress={() => sync.mutate()}>
      {text("dashboard.sync_now")}
    </Button>
  );
}
