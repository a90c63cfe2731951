// Another password; it ends every sign-in of the same person, and this browser gets a new one.
import { Button, Form } from "@react-spectrum/s2";
import { style } from "@react-spectrum/s2/style" with { type: "macro" };
import { type FormEvent, useState } from "react";

import { api, body, Problem } from "../../api/client";
import { useText } from "../../i18n";
import { useChange } from "../../parts/change";
import { Panel } from "../../parts/Panel";
import { PasswordField } from "../../parts/PasswordField";
import { ProblemAlert, useProblemText } from "../../parts/problems";
import { untilFree } from "../../parts/untilFree";
import { remember } from "../../shell/session";

const ofNew = new Set(["password_too_short", "password_too_long", "password_is_name"]);

export function Password() {
  const text = useText();
  const problemText = useProblemText();
  const [current, setCurrent] = useState("");
  const [password, setPassword] = useState("");
  const [again, setAgain] = useState("");
  const [differ, setDiffer] = useState(false);
  const change = useChange({
    call: async () => {
      const call = () => body(api.POST("/api/v1/session/password", { body: { current, password } }));
      return remember(await untilFree(call));
    },
    touches: [["sessions"]],
    done: () => text("me.password_changed"),
    after: () => {
      setCurrent("");
      setPassword("");
      setAgain("");
    },
  });
  const code = change.error instanceof Problem ? change.error.code : null;
  const wrongIf = (is: boolean) => (is ? problemText(change.error) : null);
  const atNew = code !== null && ofNew.has(code);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setDiffer(password !== again);
    if (password === again) change.mutate();
  };
  return (
    <Panel heading={text("me.password")} help={text("me.password_help")}>
      <Form validationBehavior="aria" onSubmit={submit} styles={style({ maxWidth: 400 })}>
        <ProblemAlert
          error={atNew || code === "password_wrong" ? null : change.error}
          {...(code === "sign_in_locked" && { words: text("me.password_locked") })}
        />
        <PasswordField
          label={text("me.password_current")}
          kind="current-password"
          value={current}
          change={setCurrent}
          wrong={wrongIf(code === "password_wrong")}
        />
        <PasswordField
          label={text("password.new")}
          help={text("password.help")}
          kind="new-password"
          value={password}
          change={setPassword}
          wrong={wrongIf(atNew)}
        />
        <PasswordField
          label={text("password.again")}
          kind="new-password"
          value={again}
          change={setAgain}
          wrong={differ ? text("password.differ") : null}
        />
        <Button type="submit" variant="accent" isPending={change.isPending}>
          {text("me.password_change")}
        </Button>
      </Form>
    </Panel>
  );
}
