// How programs sign in: each token is shown once, and can be revoked.
import { Button, DialogTrigger, StatusLight, TextField } from "@react-spectrum/s2";
import { useState } from "react";

import { api, body, type Schemas } from "../../api/client";
import { useText } from "../../i18n";
import { useChange } from "../../parts/change";
import { Confirm } from "../../parts/Confirm";
import { DataTable } from "../../parts/DataTable";
import { FormDialog } from "../../parts/FormDialog";
import { useFormat } from "../../parts/format";
import { usePages } from "../../parts/pages";
import { Panel } from "../../parts/Panel";
import { useFieldError } from "../../parts/problems";
import { Secret } from "../../parts/Secret";
import { Empty, ErrorState, Loading } from "../../parts/states";
import { type Rights, RoleFields } from "./RoleFields";

type Token = Schemas["Token"];
type NewToken = Schemas["NewToken"];

const tokensKey = ["tokens"];

function NewTokenDialog({ created }: { created: (token: NewToken) => void }) {
  const text = useText();
  const [name, setName] = useState("");
  const [rights, setRights] = useState<Rights>({ role: "viewer", buyer_data: false });
  const create = useChange({
    call: (_close: () => void) => body(api.POST("/api/v1/tokens", { body: { name, ...rights } })),
    touches: [tokensKey],
    done: () => text("tokens.created", { name }),
    after: (token, close) => {
      created(token);
      close();
    },
  });
  const errorAt = useFieldError(create.error);
  return (
    <FormDialog
      title={text("tokens.add")}
      submit={text("tokens.create")}
      error={create.error}
      fields={["name", "role"]}
      isPending={create.isPending}
      onSubmit={(close) => create.mutate(close)}
    >
      <TextField
        label={text("tokens.name")}
        description={text("tokens.name_help")}
        isRequired
        maxLength={80}
        autoComplete="off"
        value={name}
        onChange={setName}
        {...errorAt("name")}
      />
      <RoleFields
        rights={rights}
        set={(next) => setRights((before) => ({ ...before, ...next }))}
        errorAt={errorAt}
      />
    </FormDialog>
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
          cell: (token) => text(token.buyer_data ? "users.sees" : "users.sees_not"),
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
          label: text("tokens.created_at"),
          cell: (token) => format.dateTime(token.created_at),
        },
        { id: "used", label: text("tokens.last_used"), cell: (token) => format.dateTime(token.last_used_at) },
        {
          id: "actions",
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
  if (pages.query.isPending) return <Loading />;
  if (pages.query.error)
    return <ErrorState error={pages.query.error} retry={() => void pages.query.refetch()} />;
  const add = (
    <DialogTrigger>
      <Button variant="accent">{text("tokens.add")}</Button>
      <NewTokenDialog created={setCreated} />
    </DialogTrigger>
  );
  return (
    <Panel heading={text("users.tab_tokens")} help={text("tokens.help")} actions={add}>
      {created !== null && created.token !== "" && (
        <Secret
          heading={text("tokens.shown_once", { name: created.name })}
          help={text("tokens.shown_once_help")}
          label={text("tokens.token")}
          value={created.token}
          onClose={() => setCreated(null)}
        />
      )}
      {pages.items.length === 0 ? (
        <Empty heading={text("tokens.none")} />
      ) : (
        <TokenTable tokens={pages.items} />
      )}
      {pages.query.hasNextPage && (
        <Button variant="secondary" onPress={() => void pages.query.fetchNextPage()}>
          {text("action.more")}
        </Button>
      )}
    </Panel>
  );
}
