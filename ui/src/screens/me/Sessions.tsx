// Where one is signed in, and the way to end it there.

import { api, body, type Schemas } from "../../api/client";
import { useText } from "../../i18n";
import { useChange } from "../../parts/change";
import { Confirm } from "../../parts/Confirm";
import { DataTable } from "../../parts/DataTable";
import { useFormat } from "../../parts/format";
import { ListPanel } from "../../parts/ListPanel";
import { Mark } from "../../parts/Mark";
import { usePages } from "../../parts/pages";
import { SaveRows } from "../../parts/SaveRows";

type Entry = Schemas["SessionEntry"];

const sessionsKey = ["sessions"];

function End({ entry }: { entry: Entry }) {
  const text = useText();
  const end = useChange({
    call: () => body(api.DELETE("/api/v1/sessions/{id}", { params: { path: { id: entry.id } } })),
    touches: [sessionsKey],
    done: () => text("me.ended"),
    toastProblem: true,
  });
  return (
    <Confirm
      quiet
      destructive
      label={text("me.end")}
      name={text("me.end_of", { browser: entry.browser })}
      title={text("me.end_title")}
      isPending={end.isPending}
      onConfirm={() => end.mutate()}
    >
      {text("me.end_help", { browser: entry.browser })}
    </Confirm>
  );
}

export function Sessions() {
  const text = useText();
  const format = useFormat();
  const pages = usePages<Entry>(sessionsKey, (query) =>
    body(api.GET("/api/v1/sessions", { params: { query } })),
  );
  return (
    <ListPanel
      heading={text("me.sessions")}
      help={text("me.sessions_help")}
      actions={
        <SaveRows
          file="sessions"
          head={["browser", "created_at", "last_used_at", "expires_at"]}
          pages={pages}
          row={({ browser, created_at, last_used_at, expires_at }) => [
            browser,
            created_at,
            last_used_at ?? "",
            expires_at,
          ]}
        />
      }
      pages={pages}
      empty={null}
    >
      {(sessions) => (
        <DataTable
          label={text("me.sessions")}
          rows={sessions}
          keyOf={(entry) => entry.id}
          columns={[
            { id: "browser", label: text("me.browser"), cell: (entry) => entry.browser },
            {
              id: "since",
              kind: "time",
              label: text("me.since"),
              cell: (entry) => format.listTime(entry.created_at),
            },
            {
              id: "used",
              label: text("tokens.last_used"),
              kind: "time",
              cell: (entry) => format.listTime(entry.last_used_at),
            },
            {
              id: "until",
              kind: "time",
              label: text("me.until"),
              cell: (entry) => format.listTime(entry.expires_at),
            },
            {
              id: "actions",
              kind: "actions" as const,
              label: text("column.actions"),
              cell: (entry) =>
                entry.current ? <Mark tone="positive">{text("me.here")}</Mark> : <End entry={entry} />,
            },
          ]}
        />
      )}
    </ListPanel>
  );
}
