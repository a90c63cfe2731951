// What Fairway asked Amazon about this order, and how far each request has come.
import { StatusLight } from "@react-spectrum/s2";
import { style } from "@react-spectrum/s2/style" with { type: "macro" };
import { useQuery } from "@tanstack/react-query";

import { api, body, type Schemas } from "../../api/client";
import { type MessageId, useText } from "../../i18n";
import { DataTable } from "../../parts/DataTable";
import { useFormat } from "../../parts/format";
import type { AmazonOrder } from "../../parts/orders";
import { useReason } from "../../parts/reason";
import { Replay } from "../../parts/Replay";
import { Nothing, Section } from "../../parts/Sections";
import { maySendAgain } from "../../parts/sendAgain";
import { ErrorState, Loading } from "../../parts/states";
import { useMay } from "../../shell/session";

type Command = Schemas["Command"];

const tones: Record<Command["state"], "positive" | "negative" | "notice" | "neutral" | "informative"> = {
  queued: "neutral",
  sending: "informative",
  accepted: "informative",
  verified: "positive",
  unknown: "notice",
  rejected: "negative",
};

/** When it happens next, or when it ended. */
function useWhen() {
  const text = useText();
  const format = useFormat();
  return (command: Command): string => {
    if (command.state === "queued" || command.state === "unknown")
      return text("commands.next", { time: format.dateTime(command.next_attempt_at) });
    if (command.accepted_at !== null)
      return text("commands.accepted_at", { time: format.dateTime(command.accepted_at) });
    return text("commands.changed_at", { time: format.dateTime(command.changed_at) });
  };
}

function CommandTable({ commands }: { commands: readonly Command[] }) {
  const text = useText();
  const format = useFormat();
  const isOperator = useMay("operator");
  const when = useWhen();
  const reason = useReason();
  return (
    <DataTable<Command>
      label={text("commands.title")}
      rows={commands}
      keyOf={(command) => command.id}
      columns={[
        {
          id: "what",
          label: text("commands.what"),
          cell: (command) => text(`command_kind.${command.kind}` as MessageId, { cause: command.cause }),
        },
        {
          id: "state",
          label: text("commands.state"),
          cell: (command) => (
            <>
              <StatusLight variant={tones[command.state]}>
                {text(`command_state.${command.state}` as MessageId)}
              </StatusLight>
              <div className={style({ font: "detail-sm", color: "gray-700" })}>{when(command)}</div>
            </>
          ),
        },
        {
          id: "attempts",
          label: text("commands.attempts"),
          kind: "number",
          cell: (command) => format.number(command.attempts),
        },
        {
          id: "deadline",
          label: text("commands.deadline"),
          kind: "time",
          cell: (command) => format.dateTime(command.deadline),
        },
        {
          id: "says",
          label: text("attention.why"),
          cell: (command) => reason(command) ?? "–",
        },
        {
          id: "replay",
          kind: "actions" as const,
          label: text("commands.actions"),
          cell: (command) => (isOperator && maySendAgain(command) ? <Replay command={command} /> : null),
        },
      ]}
    />
  );
}

export function Commands({ order }: { order: AmazonOrder }) {
  const text = useText();
  const commands = useQuery({
    queryKey: ["commands", "of-order", order.amazon_order_id],
    queryFn: () =>
      body(
        api.GET("/api/v1/commands", {
          params: { query: { amazon_order_id: order.amazon_order_id, limit: 200 } },
        }),
      ),
  });
  if (commands.isPending) return <Loading />;
  if (commands.error)
    return <ErrorState isPart error={commands.error} retry={() => void commands.refetch()} />;
  return (
    <Section title={text("commands.title")}>
      {commands.data.items.length === 0 ? (
        <Nothing>{text("commands.none")}</Nothing>
      ) : (
        <CommandTable commands={commands.data.items} />
      )}
    </Section>
  );
}
