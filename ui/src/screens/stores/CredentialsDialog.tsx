// New credentials for an account that Amazon refuses; Amazon is asked before they are stored.
import { TextField } from "@react-spectrum/s2";
import { useState } from "react";

import { api, body, type Schemas } from "../../api/client";
import { useText } from "../../i18n";
import { useChange } from "../../parts/change";
import { FormDialog } from "../../parts/FormDialog";
import { useFieldError } from "../../parts/problems";

const names = ["client_secret", "refresh_token"] as const;

export function CredentialsDialog({ account }: { account: Schemas["Account"] }) {
  const text = useText();
  const [entered, setEntered] = useState({ client_secret: "", refresh_token: "" });
  const update = useChange({
    call: (_close: () => void) =>
      body(
        api.PATCH("/api/v1/accounts/{account}", {
          params: { path: { account: account.id } },
          body: {
            ...(entered.client_secret !== "" && { client_secret: entered.client_secret }),
            ...(entered.refresh_token !== "" && { refresh_token: entered.refresh_token }),
          },
        }),
      ),
    touches: [["accounts"], ["messages"]],
    done: () => text("stores.credentials_done", { account: account.name }),
    after: (_account, close) => close(),
  });
  const errorAt = useFieldError(update.error);
  return (
    <FormDialog
      title={text("stores.credentials_of", { account: account.name })}
      submit={text("stores.credentials_test")}
      error={update.error}
      fields={names}
      isPending={update.isPending}
      onSubmit={(close) => update.mutate(close)}
    >
      <p>{text("stores.credentials_help")}</p>
      {names.map((name) => (
        <TextField
          key={name}
          label={text(`connect.${name}`)}
          type="password"
          autoComplete="off"
          value={entered[name]}
          onChange={(value) => setEntered((before) => ({ ...before, [name]: value }))}
          {...errorAt(name)}
        />
      ))}
    </FormDialog>
  );
}
