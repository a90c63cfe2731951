// How programs sign in: each token is shown once, ends on its day if it has one, and can be revoked.
import { StatusLight } from "@react-spectrum/s2";
import { style } from "@react-spectrum/s2/style" with { type: "macro" };
import { useState } from "react";

import { api, body, type Schemas } from "../../api/client";
import { useText } from "../../i18n";
import { useChange } from "../../parts/change";
import { Confirm } from "../../parts/Confirm";
import { type DataColumn, DataTable } from "../../parts/DataTable";
import { DayField } from "../../parts/DayField";
import { endOf } from "../../parts/days";
import { DialogButton } from "../../parts/DialogButton";
import { useFormat } from "../../parts/format";
import { ListPanel } from "../../parts/ListPanel";
import { usePages } from "../../parts/pages";
import { SaveRows } from "../../parts/SaveRows";
import { Secret } from "../../parts/Secret";
import { Empty } from "../../parts/states";
import { useSystem } from "../system/queries";
import { NewDialog } from "./NewDialog";
import { useSees } from "./RoleFields";

type Token = Schemas["Token"];
type NewToken = Schemas["NewToken"];

export const tokensKey = ["tokens"];

function NewTokenDialog({ created }: { created: (token: NewToken) => void }) {
  const text = useText();
  const [lastDay, setLastDay] = useState("");
  const expires_at = lastDay === "" ? null : endOf(lastDay);
  return (
    <NewDialog
      title={text("tokens.add")}
      submit={text("tokens.create")}
      name={{ label: text("tokens.name"), help: text("tokens.name_help") }}
      role="viewer"
      call={(named) => body(api.POST("/api/v1/tokens", { body: { ...named, expires_at } }))}
      touches={tokensKey}
      done={(name) => text("tokens.created", { name })}
      made={created}
      more={(errorAt) => (
        <DayField
          label={text("tokens.last_day")}
          help={text("tokens.last_day_help")}
          value={lastDay}
          change={setLastDay}
          {...errorAt("expires_at")}
        />
      )}
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

/** By the server's clock, which may be ahead of the browser's. */
function useHasEnded() {
  const now = useSystem().data?.now;
  return ({ expires_at }: Token) =>
    now !== undefined && expires_at !== null && Date.parse(expires_at) <= Date.parse(now);
}

function useTokenState() {
  const text = useText();
  const format = useFormat();
  const hasEnded = useHasEnded();
  return (token: Token): { isLive: boolean; words: string } => {
    if (token.revoked_at !== null)
      return { isLive: false, words: text("tokens.revoked", { time: format.dateTime(token.revoked_at) }) };
    if (hasEnded(token)) return { isLive: false, words: text("tokens.ended") };
    return { isLive: true, words: text("tokens.active") };
  };
}

function useTokenColumns(): DataColumn<Token>[] {
  const text = useText();
  const sees = useSees();
  const format = useFormat();
  const stateOf = useTokenState();
  return [
    { id: "name", label: text("tokens.name"), cell: (token) => token.name },
    { id: "role", label: text("users.role"), cell: (token) => text(`role.${token.role}`) },
    { id: "buyer_data", label: text("users.buyer_data_column"), cell: sees },
    {
      id: "state",
      label: text("column.status"),
      cell: (token) => {
        const { isLive, words } = stateOf(token);
        return (
          <StatusLight size="S" variant={isLive ? "positive" : "neutral"}>
            {words}
          </StatusLight>
        );
      },
    },
    {
      id: "created",
      kind: "time",
      label: text("tokens.created_at"),
      cell: (token) => format.listTime(token.created_at),
    },
    {
      id: "created_by",
      label: text("tokens.created_by"),
      cell: (token) => token.created_by ?? text("audit_actor.cli"),
    },
    {
      id: "expires",
      kind: "time",
      label: text("tokens.expires_at"),
      cell: (token) =>
        token.expires_at === null ? text("tokens.no_end") : format.listTime(token.expires_at),
    },
    {
      id: "used",
      kind: "time",
      label: text("tokens.last_used"),
      cell: (token) => format.listTime(token.last_used_at),
    },
    {
      id: "actions",
      kind: "actions",
      label: text("column.actions"),
      cell: (token) => (stateOf(token).isLive ? <Revoke token={token} /> : null),
    },
  ];
}

function TokenTable({ tokens }: { tokens: readonly Token[] }) {
  const text = useText();
  return (
    <DataTable
      label={text("users.tab_tokens")}
      rows={tokens}
      keyOf={(token) => token.id}
      columns={useTokenColumns()}
    />
  );
}

/** All that is known of each token, as the interface says it. */
function SaveTokens({ pages }: { pages: ReturnType<typeof usePages<Token>> }) {
  return (
    <SaveRows
      file="tokens"
      head={[
        "name",
        "role",
        "buyer_data",
        "created_at",
        "created_by",
        "expires_at",
        "last_used_at",
        "revoked_at",
      ]}
      pages={pages}
      row={(token) => [
        token.name,
        token.role,
        String(token.buyer_data),
        token.created_at,
        token.created_by ?? "",
        token.expires_at ?? "",
        token.last_used_at ?? "",
        token.revoked_at ?? "",
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
      <SaveTokens pages={pages} />
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
