import { Button, Form, Heading, InlineAlert, Content, TextField } from "@react-spectrum/s2";
import { style } from "@react-spectrum/s2/style" with { type: "macro" };
import { useQueryClient } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { type FormEvent, useState } from "react";

import { api, body, Problem } from "../../api/client";
import { type MessageId, useText } from "../../i18n";
import { CentredCard } from "../../parts/CentredCard";
import { useFormat } from "../../parts/format";
import { remember, sessionKey } from "../../shell/session";

const known: Record<string, MessageId> = {
  sign_in_refused: "sign_in.refused",
  sign_in_locked: "sign_in.locked",
  sign_in_busy: "sign_in.busy",
};

/** Only addresses of Fairway itself: nobody is sent elsewhere by a link. */
function safeBack(back: string | undefined): string {
  return back !== undefined && back.startsWith("/") && !back.startsWith("//") ? back : "/";
}

export function SignIn() {
  const text = useText();
  const format = useFormat();
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const { back } = useSearch({ from: "/sign-in" });
  const [name, setName] = useState("");
  const [password, setPassword] = useState("");
  const [problem, setProblem] = useState<Problem | null>(null);
  const [pending, setPending] = useState(false);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setPending(true);
    try {
      const session = remember(await body(api.POST("/api/v1/session", { body: { name, password } })));
      queryClient.setQueryData(sessionKey, session);
      await navigate({ href: safeBack(back) });
    } catch (error) {
      setProblem(error instanceof Problem ? error : new Problem(0, "unreachable", "", null));
      setPassword("");
    } finally {
      setPending(false);
    }
  };
  const until = problem?.code === "sign_in_locked" ? problem.message.match(/\d{4}-\S+Z/)?.[0] : undefined;
  return (
    <CentredCard title={text("sign_in.title")}>
      {problem !== null && (
        <InlineAlert variant="negative" autoFocus>
          <Heading>{text("sign_in.failed")}</Heading>
          <Content>
            {text(known[problem.code] ?? "state.unreachable", { until: format.dateTime(until) })}
          </Content>
        </InlineAlert>
      )}
      <Form onSubmit={(event) => void submit(event)}>
        <TextField
          label={text("sign_in.name")}
          name="username"
          autoComplete="username"
          isRequired
          value={name}
          onChange={setName}
        />
        <TextField
          label={text("sign_in.password")}
          name="password"
          type="password"
          autoComplete="current-password"
          isRequired
          value={password}
          onChange={setPassword}
        />
        <Button type="submit" variant="accent" isPending={pending} styles={style({ marginTop: 8 })}>
          {text("sign_in.button")}
        </Button>
      </Form>
    </CentredCard>
  );
}
