// Where an invitation leads: its bearer chooses a password, once, and is signed in.
import { Content, Heading, InlineAlert } from "@react-spectrum/s2";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";

import { api, body, Problem } from "../../api/client";
import { useText } from "../../i18n";
import { CentredCard } from "../../parts/CentredCard";
import { EntryForm, useEntry } from "../../parts/EntryForm";
import { PasswordField } from "../../parts/PasswordField";
import { ErrorState, Loading } from "../../parts/states";

const hasEnded = (error: unknown) => error instanceof Problem && error.code === "invitation_ended";

function Ended() {
  const text = useText();
  return (
    <CentredCard title={text("welcome.title")}>
      <InlineAlert variant="notice">
        <Heading level={2}>{text("welcome.ended_heading")}</Heading>
        <Content>{text("problem.invitation_ended")}</Content>
      </InlineAlert>
    </CentredCard>
  );
}

function ChoosePassword({ invitation }: { invitation: string }) {
  const text = useText();
  const [password, setPassword] = useState("");
  const [again, setAgain] = useState("");
  const [differ, setDiffer] = useState(false);
  const entry = useEntry(
    () => body(api.POST("/api/v1/invitations/accept", { body: { invitation, password } })),
    "/stores",
  );
  // Once it is typed in again it is no longer wrong: the browser keeps a form with a wrong field shut.
  const typed = (set: (next: string) => void) => (next: string) => {
    set(next);
    setDiffer(false);
  };
  const submit = () => {
    setDiffer(password !== again);
    if (password === again) entry.mutate();
  };
  return (
    <EntryForm
      refused={text("welcome.refused")}
      submit={text("welcome.button")}
      error={entry.error}
      isPending={entry.isPending}
      onSubmit={submit}
    >
      <PasswordField
        label={text("password.new")}
        help={text("password.help")}
        kind="new-password"
        value={password}
        change={typed(setPassword)}
      />
      <PasswordField
        label={text("password.again")}
        kind="new-password"
        value={again}
        change={typed(setAgain)}
        wrong={differ ? text("password.differ") : null}
      />
    </EntryForm>
  );
}

export function Welcome() {
  const text = useText();
  const [invitation] = useState(() => window.location.hash.slice(1));
  const invited = useQuery({
    queryKey: ["invitation", invitation],
    queryFn: () => body(api.POST("/api/v1/invitations/look", { body: { invitation } })),
  });
  if (invited.isPending) return <Loading />;
  if (invited.error)
    return hasEnded(invited.error) ? (
      <Ended />
    ) : (
      <ErrorState error={invited.error} retry={() => void invited.refetch()} />
    );
  return (
    <CentredCard title={text("welcome.title")}>
      <p>{text("welcome.text", { name: invited.data.name })}</p>
      <ChoosePassword invitation={invitation} />
    </CentredCard>
  );
}
