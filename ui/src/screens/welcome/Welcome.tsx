// Where an invitation leads: its bearer chooses a password, once, and is signed in.
import { Button, Content, Form, Heading, InlineAlert, TextField } from "@react-spectrum/s2";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { type FormEvent, useState } from "react";

import { api, body, Problem } from "../../api/client";
import { type MessageId, useText } from "../../i18n";
import { CentredCard } from "../../parts/CentredCard";
import { ErrorState, Loading } from "../../parts/states";
import { remember, sessionKey } from "../../shell/session";

const known: Record<string, MessageId> = {
  password_too_short: "password.too_short",
  password_too_long: "password.too_long",
  password_is_name: "password.is_name",
  invitation_ended: "welcome.ended",
};

export function Welcome() {
  const text = useText();
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const [invitation] = useState(() => window.location.hash.slice(1));
  const [password, setPassword] = useState("");
  const [again, setAgain] = useState("");
  const [problem, setProblem] = useState<MessageId | null>(null);
  const invited = useQuery({
    queryKey: ["invitation", invitation],
    queryFn: () => body(api.POST("/api/v1/invitations/look", { body: { invitation } })),
  });

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (password !== again) return setProblem("password.differ");
    try {
      const session = await body(api.POST("/api/v1/invitations/accept", { body: { invitation, password } }));
      queryClient.setQueryData(sessionKey, remember(session));
      await navigate({ to: "/stores" });
    } catch (error) {
      setProblem((error instanceof Problem && known[error.code]) || "state.unreachable");
    }
  };
  if (invited.isPending) return <Loading />;
  if (invited.error)
    return invited.error instanceof Problem && invited.error.code === "invitation_ended" ? (
      <CentredCard title={text("welcome.title")}>
        <InlineAlert variant="notice">
          <Heading>{text("welcome.ended_heading")}</Heading>
          <Content>{text("welcome.ended")}</Content>
        </InlineAlert>
      </CentredCard>
    ) : (
      <ErrorState error={invited.error} retry={() => void invited.refetch()} />
    );
  return (
    <CentredCard title={text("welcome.title")}>
      <p>{text("welcome.text", { name: invited.data.name })}</p>
      {problem !== null && (
        <InlineAlert variant="negative" autoFocus>
          <Heading>{text("welcome.refused")}</Heading>
          <Content>{text(problem)}</Content>
        </InlineAlert>
      )}
      <Form onSubmit={(event) => void submit(event)}>
        <TextField
          label={text("password.new")}
          description={text("password.help")}
          type="password"
          autoComplete="new-password"
          isRequired
          value={password}
          onChange={setPassword}
        />
        <TextField
          label={text("password.again")}
          type="password"
          autoComplete="new-password"
          isRequired
          value={again}
          onChange={setAgain}
        />
        <Button type="submit" variant="accent">
          {text("welcome.button")}
        </Button>
      </Form>
    </CentredCard>
  );
}
