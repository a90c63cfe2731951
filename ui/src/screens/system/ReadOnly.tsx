// Whether anything is sent to Amazon. An administrator turns it off and on, and is told first what that means.
import { Content, Heading, InlineAlert, StatusLight } from "@react-spectrum/s2";

import { api, body, type Schemas } from "../../api/client";
import { type MessageId, useText } from "../../i18n";
import { useChange } from "../../parts/change";
import { Confirm } from "../../parts/Confirm";
import { useFormat } from "../../parts/format";
import { Panel } from "../../parts/Panel";
import { messagesKey } from "../../shell/Messages";
import { useMay } from "../../shell/session";

function Turn({ isOn }: { isOn: boolean }) {
  const text = useText();
  const turn = useChange({
    call: () => body(api.POST("/api/v1/system/read-only", { body: { read_only: !isOn } })),
    touches: [["system"], messagesKey],
    done: (system) => text(system.read_only === null ? "system.read_only_ended" : "system.read_only_begun"),
    toastProblem: true,
  });
  const act = isOn ? "end" : "begin";
  return (
    <Confirm
      label={text(`system.read_only_${act}`)}
      title={text(`system.read_only_${act}_title`)}
      isPending={turn.isPending}
      onConfirm={() => turn.mutate()}
    >
      {text(`system.read_only_${act}_help`)}
    </Confirm>
  );
}

export function ReadOnly({ mode }: { mode: Schemas["ReadOnly"] | null }) {
  const text = useText();
  const format = useFormat();
  const administrator = useMay("administrator");
  return (
    <Panel
      heading={text("system.read_only")}
      help={text("system.read_only_help")}
      actions={administrator && <Turn isOn={mode !== null} />}
    >
      {mode === null ? (
        <StatusLight variant="positive">{text("system.read_only_off")}</StatusLight>
      ) : (
        <InlineAlert variant="notice">
          <Heading level={3}>{text("system.read_only_on", { since: format.dateTime(mode.since) })}</Heading>
          <Content>{text(`read_only.${mode.reason}` as MessageId)}</Content>
        </InlineAlert>
      )}
    </Panel>
  );
}
