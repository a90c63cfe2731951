// What Amazon refused for a reason of its own: parked with Amazon's words until a person sends it again.
import { Button, Link } from "@react-spectrum/s2";

import { api, body, type Schemas } from "../../api/client";
import { type MessageId, useText } from "../../i18n";
import { useChange } from "../../parts/change";
import { Confirm } from "../../parts/Confirm";
import { DataTable } from "../../parts/DataTable";
import { useFormat } from "../../parts/format";
import { orderPath } from "../../parts/links";
import { usePages } from "../../parts/pages";
import { Panel } from "../../parts/Panel";
import { Empty, ErrorState, Loading } from "../../parts/states";
import { ordersKey } from "../../shell/LiveEvents";
import { messagesKey } from "../../shell/Messages";
import { useMay } from "../../shell/session";

type Command = Schemas["Command"];

export function useRejected() {
  return usePages<Command>(["commands", "rejected"], (query) =>
    body(api.GET("/api/v1/commands", { params: { query: { ...query, state: "rejected" } } })),
  );
}

function Replay({ command }: { command: Command }) {
  const text = useText();
  const replay = useChange({
    call: () => body(api.POST("/api/v1/commands/{id}/replay", { params: { path: { id: command.id } } })),
    touches: [["commands"], ordersKey, messagesKey, ["dashboard"]],
    done: () => text("attention.replayed", { order: command.amazon_order_id }),
    toastProblem: true,
  });
  return (
    <Confirm
      quiet
      label={text("attention.replay")}
      name={text("attention.replay_of", { order: command.amazon_order_id })}
      title={text("attention.replay_title")}
      isPending={replay.isPending}
      onConfirm={() => replay.mutate()}
    >
      {text("attention.replay_help", { order: command.amazon_order_id })}
    </Confirm>
  );
}

function RejectedTable({ commands }: { commands: readonly Command[] }) {
  const text = useText();
  const format = useFormat();
  const operator = useMay("operator");
  return (
    <DataTable
      label={text("attention.tab_commands")}
      rows={commands}
      keyOf={(command) => command.id}
      columns={[
        {
          id: "order",
          label: text("column.amazon_order"),
          cell: (command) => <Link href={orderPath(command)}>{command.amazon_order_id}</Link>,
        },
        {
          id: "kind",
          label: text("attention.asked"),
          cell: (command) => text(`command_kind.${command.kind}` as MessageId, { cause: command.cause }),
        },
        {
          id: "says",
          label: text("attention.amazon_says"),
          cell: (command) => command.amazon_says ?? command.code ?? "",
        },
        {
          id: "at",
          label: text("attention.refused_at"),
          cell: (command) => format.dateTime(command.changed_at),
        },
        {
          id: "deadline",
          label: text("column.ship_by"),
          cell: (command) => format.dateTime(command.deadline),
        },
        ...(operator
          ? [
              {
                id: "actions",
                label: text("column.actions"),
                cell: (command: Command) => <Replay command={command} />,
              },
            ]
          : []),
      ]}
    />
  );
}

export function Rejected({ rejected }: { rejected: ReturnType<typeof useRejected> }) {
  const text = useText();
  const { query, items } = rejected;
  if (query.isPending) return <Loading />;
  if (query.error) return <ErrorState error={query.error} retry={() => void query.refetch()} />;
  if (items.length === 0) return <Empty heading={text("attention.none_rejected")} />;
  return (
    <Panel heading={text("attention.tab_commands")} help={text("attention.commands_help")}>
      <RejectedTable commands={items} />
      {query.hasNextPage && (
        <Button
          variant="secondary"
          isPending={query.isFetchingNextPage}
          onPress={() => void query.fetchNextPage()}
        >
          {text("action.more")}
        </Button>
      )}
    </Panel>
  );
}
