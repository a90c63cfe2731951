// Sends to Amazon again what Amazon refused.
import { api, body, type Schemas } from "../api/client";
import { useText } from "../i18n";
import { ordersKey } from "../shell/LiveEvents";
import { messagesKey } from "../shell/Messages";
import { useChange } from "./change";
import { Confirm } from "./Confirm";

export function Replay({ command }: { command: Schemas["Command"] }) {
  const text = useText();
  const replay = useChange({
    call: () => body(api.POST("/api/v1/commands/{id}/replay", { params: { path: { id: command.id } } })),
    touches: [["commands"], ordersKey, messagesKey, ["dashboard"]],
    done: () => text("replay.done", { order: command.amazon_order_id }),
    toastProblem: true,
  });
  return (
    <Confirm
      quiet
      label={text("replay.button")}
      name={text("replay.of", { order: command.amazon_order_id })}
      title={text("replay.title")}
      isPending={replay.isPending}
      onConfirm={() => replay.mutate()}
    >
      {text("replay.help", { order: command.amazon_order_id })}
    </Confirm>
  );
}
