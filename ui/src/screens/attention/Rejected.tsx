// What Amazon refused for a reason of its own: parked with Amazon's words until a person sends it again.
import { Link } from "@react-spectrum/s2";

import { api, body, type Schemas } from "../../api/client";
import { type MessageId, useText } from "../../i18n";
import { DataTable } from "../../parts/DataTable";
import { ExportLink } from "../../parts/ExportLink";
import { useFormat } from "../../parts/format";
import { orderPath } from "../../parts/links";
import { ListPanel } from "../../parts/ListPanel";
import { usePages, useSome } from "../../parts/pages";
import { useReason } from "../../parts/reason";
import { Replay } from "../../parts/Replay";
import { maySendAgain } from "../../parts/sendAgain";
import { Empty } from "../../parts/states";
import { useMay } from "../../shell/session";

type Command = Schemas["Command"];

// What was called off because Amazon cancelled the units needs nobody.
const kRefused = { state: "rejected", called_off: false } as const;

export function useRejected(store: string | undefined) {
  const pages = usePages<Command>(["commands", "rejected"], (query) =>
    body(api.GET("/api/v1/commands", { params: { query: { ...query, ...kRefused } } })),
  );
  return useSome(pages, store === undefined ? null : (command) => command.store === store);
}

function RejectedTable({ commands }: { commands: readonly Command[] }) {
  const text = useText();
  const format = useFormat();
  const operator = useMay("operator");
  const reason = useReason();
  return (
    <DataTable
      label={text("attention.tab_commands")}
      rows={commands}
      keyOf={(command) => command.id}
      columns={[
        {
          id: "order",
          kind: "id",
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
          label: text("attention.why"),
          cell: (command) => reason(command),
        },
        {
          id: "at",
          label: text("attention.refused_at"),
          kind: "time",
          cell: (command) => format.listTime(command.changed_at),
        },
        {
          id: "deadline",
          label: text("column.ship_by"),
          kind: "time",
          cell: (command) => format.listTime(command.deadline),
        },
        ...(operator
          ? [
              {
                id: "actions",
                kind: "actions" as const,
                label: text("column.actions"),
                cell: (command: Command) => (maySendAgain(command) ? <Replay command={command} /> : null),
              },
            ]
          : []),
      ]}
    />
  );
}

export function Rejected({ rejected }: { rejected: ReturnType<typeof useRejected> }) {
  const text = useText();
  return (
    <ListPanel
      heading={text("attention.tab_commands")}
      help={text("attention.commands_help")}
      actions={
        <ExportLink
          list="commands"
          query={{ state: "rejected", called_off: "false" }}
          isOfAllStores={rejected.isSome}
        />
      }
      pages={rejected}
      empty={<Empty heading={text("attention.none_rejected")}>{text("attention.none_rejected_help")}</Empty>}
    >
      {(commands) => <RejectedTable commands={commands} />}
    </ListPanel>
  );
}
