// How programs sign in: each token is shown once, and can be revoked.
import { StatusLight } from "@react-spectrum/s2";
import { style } from "@react-spectrum/s2/style" with { type: "macro" };
import { useState } from "react";

import { api, body, type Schemas } from "../../api/client";
import { useText } from "../../i18n";
import { useChange } from "../../parts/change";
import { Confirm } from "../../parts/Confirm";
import { DataTable } from "../../parts/DataTable";
import { DialogButton } from "../../parts/DialogButton";
import { useFormat } from "../../parts/format";
import { ListPanel } from "../../parts/ListPanel";
import { usePages } from "../../parts/pages";
import { SaveRows } from "../../parts/SaveRows";
import { Secret } from "../../parts/Secret";
import { Empty } from "../../parts/states";
import { NewDialog } from "./NewDialog";
import { useSees } from "./RoleFields";

type Token = Schemas["Token"];
type NewToken = Schemas["NewToken"];

const tokensKey = ["tokens"];

function NewTokenDialog({ created }: { created: (token: NewToken) => void }) {
  const text = useText();
  return (
    <NewDialog
      title={text("tokens.add")}
      submit={text("tokens.create")}
      name={{ label: text("tokens.name"), help: text("tokens.name_help") }}
      role="viewer"
      call={(named) => body(api.POST("/api/v1/tokens", { body: named }))}
      touches={tokensKey}
      done={(name) => text("tokens.created", { name })}
      made={created}
    />
  );
}

function Revoke({ token }: { token: Token }) {
  const text = useText();
  const revoke = useChange({
    call: () => body(api.DELETE("/api/v1/tokens/{id}", { params: { path: { id: token.id } } })),
    touches: [tokensKey],
    done: () => text("tokens.revoked_done", { name: token.name }),
    toastProblem: true,
  });
  return (
    <Confirm
      quiet
      destructive
      label={text("tokens.revoke")}
      name={text("tokens.revoke_of", { name: token.name })}
      title={text("tokens.revoke_title", { name: token.name })}
      isPending={revoke.isPending}
      onConfirm={() => revoke.mutate()}
    >
      {text("tokens.revoke_help")}
    </Confirm>
  );
}

function TokenTable({ tokens }: { tokens: readonly Token[] }) {
  const text = useText();
  const sees = useSees();
  const format = useFormat();
  return (
    <DataTable
      label={text("users.tab_tokens")}
      rows={tokens}
      keyOf={(token) => token.id}
      columns={[
        { id: "name", label: text("tokens.name"), cell: (token) => token.name },
        { id: "role", label: text("users.role"), cell: (token) => text(`role.${token.role}`) },
        {
          id: "buyer_data",
          label: text("users.buyer_data_column"),
          cell: sees,
        },
        {
          id: "state",
          label: text("column.status"),
          cell: (token) => (
            <StatusLight size="S" variant={token.revoked_at === null ? "positive" : "neutral"}>
              {token.revoked_at === null
                ? text("tokens.active")
                : text("tokens.revoked", { time: format.dateTime(token.revoked_at) })}
            </StatusLight>
          ),
        },
        {
          id: "created",
          kind: "time",
          label: text("tokens.created_at"),
          cell: (token) => format.listTime(token.created_at),
        },
        {
          id: "used",
          kind: "time",
          label: text("tokens.last_used"),
          cell: (token) => format.listTime(token.last_used_at),
        },
        {
          id: "actions",
          kind: "actions" as const,
          label: text("column.actions"),
          cell: (token) => (token.revoked_at === null ? <Revoke token={token} /> : null),
        },
      ]}
    />
  );
}

export function Tokens() {
  const text = useText();
  const [created, setCreated] = useState<NewToken | null>(null);
  const pages = usePages<Token>(tokensKey, (query) => body(api.GET("/api/v1/tokens", { params: { query } })));
  const add = (
    <DialogButton label={text("tokens.add")} variant="accent">
      {() => <NewTokenDialog created={setCreated} />}
    </DialogButton>
  );
  const secret = created !== null && created.token !== "" && (
    <Secret
      heading={text("tokens.shown_once", { name: created.name })}
      help={text("tokens.shown_once_help")}
      label={text("tokens.token")}
      value={created.token}
      onClose={() => setCreated(null)}
    />
  );
  const actions = (
    <div className={style({ display: "flex", gap: 12, flexWrap: "wrap" })}>
      <SaveRows
        file="tokens"
        head={["name", "role", "buyer_data", "created_at", "last_used_at", "revoked_at"]}
        rows={() =>
          pages.items.map((token) => [
            token.name,
            token.role,
            String(token.buyer_data),
            token.created_at,
            token.last_used_at ?? "",
            token.revoked_at ?? "",
          ])
        }
      />
      {add}
    </div>
  );
  return (
    <ListPanel
      heading={text("users.tab_tokens")}
      help={text("tokens.help")}
      actions={actions}
      above={secret}
      pages={pages}
      empty={<Empty heading={text("tokens.none")}>{text("tokens.none_help")}</Empty>}
    >
      {(tokens) => <TokenTable tokens={tokens} />}
    </ListPanel>
  );
}
