import { TextField } from "@react-spectrum/s2";
import { useSearch } from "@tanstack/react-router";
import { useState } from "react";

import { api, body, Problem } from "../../api/client";
import { useText } from "../../i18n";
import { CentredCard } from "../../parts/CentredCard";
import { EntryForm, useEntry } from "../../parts/EntryForm";
import { useFormat } from "../../parts/format";
import { PasswordField } from "../../parts/PasswordField";

/** Only addresses of Fairway itself: nobody is sent elsewhere by a link. */
function safeBack(back: string | undefined): string {
  return back !== undefined && back.startsWith("/") && !back.startsWith("//") ? back : "/";
}

/** Until when a name is locked stands in the server's words. */
function useLockText() {
  const text = useText();
  const format = useFormat();
  return (error: unknown): string | undefined => {
    if (!(error instanceof Problem) || error.code !== "sign_in_locked") return undefined;
    const until = error.message.match(/\d{4}-\S+Z/)?.[0];
    return until === undefined ? undefined : text("sign_in.locked", { until: format.dateTime(until) });
  };
}

export function SignIn() {
  const text = useText();
  const lockText = useLockText();
  const { back } = useSearch({ from: "/sign-in" });
  const [name, setName] = useState("");
  const [password, setPassword] = useState("");
  const entry = useEntry(
    () => body(api.POST("/api/v1/session", { body: { name, password } })),
    safeBack(back),
    () => setPassword(""),
  );
  return (
    <CentredCard title={text("sign_in.title")}>
      <EntryForm
        refused={text("sign_in.failed")}
        submit={text("sign_in.button")}
        error={entry.error}
        problem={lockText(entry.error)}
        isPending={entry.isPending}
        onSubmit={() => entry.mutate()}
      >
        <TextField
          label={text("sign_in.name")}
          name="username"
          autoComplete="username"
          isRequired
          value={name}
          onChange={setName}
        />
        <PasswordField
          label={text("sign_in.password")}
          kind="current-password"
          value={password}
          change={setPassword}
        />
      </EntryForm>
    </CentredCard>
  );
}
