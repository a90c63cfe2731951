// The form of a page for who is not signed in: what was refused, its fields, one button; then one is inside.
import { Button, Content, Form, Heading, InlineAlert } from "@react-spectrum/s2";
import { style } from "@react-spectrum/s2/style" with { type: "macro" };
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import type { FormEvent, ReactNode } from "react";

import { remember, type Session, sessionKey } from "../shell/session";
import { forgetWork } from "../shell/work";
import { useProblemText } from "./problems";
import { untilFree } from "./untilFree";

/** Asks for a session, and goes on with it. */
export function useEntry(call: () => Promise<Session>, href: string, failed?: () => void) {
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  return useMutation({
    mutationFn: () => untilFree(call),
    onSuccess: async (session) => {
      // Nothing of who was here before is left for who is here now.
      queryClient.removeQueries();
      forgetWork();
      queryClient.setQueryData(sessionKey, remember(session));
      await navigate({ href });
    },
    onError: failed ?? (() => {}),
  });
}

interface EntryFormProps {
  refused: string;
  submit: string;
  error: unknown;
  /** In place of the words that the problem's code has. */
  problem?: string | undefined;
  isPending: boolean;
  onSubmit: () => void;
  children: ReactNode;
}

export function EntryForm({
  refused,
  submit,
  error,
  problem,
  isPending,
  onSubmit,
  children,
}: EntryFormProps) {
  const problemText = useProblemText();
  return (
    <>
      {error != null && (
        <InlineAlert variant="negative" autoFocus>
          <Heading level={2}>{refused}</Heading>
          <Content>{problem ?? problemText(error)}</Content>
        </InlineAlert>
      )}
      <Form
        onSubmit={(event: FormEvent) => {
          event.preventDefault();
          onSubmit();
        }}
      >
        {children}
        <Button type="submit" variant="accent" isPending={isPending} styles={style({ marginTop: 8 })}>
          {submit}
        </Button>
      </Form>
    </>
  );
}
