// What Fairway refused, said in the reader's language where it stands: at its field, or above the form.
import { Content, Heading, InlineAlert } from "@react-spectrum/s2";

import { Problem } from "../api/client";
import { type MessageId, useText } from "../i18n";
import en from "../i18n/en.json";

/** Codes that people meet have a message; for the rest the server's own words stand in. */
export function useProblemText() {
  const text = useText();
  return (error: unknown): string => {
    if (!(error instanceof Problem)) return text("state.failed");
    // To programs it says that their token is missing; to people, that nobody is signed in.
    const isSignedOut = error.status === 401 && error.code === "token_missing";
    const id = `problem.${isSignedOut ? "session_ended" : error.code}`;
    if (id in en) return text(id as MessageId);
    return error.message === "" ? text("state.unreachable") : error.message;
  };
}

/** The field that a problem names, or null if it is about the whole. */
export function fieldOf(error: unknown): string | null {
  return error instanceof Problem ? error.field : null;
}

/** Props of a field that is wrong; nothing for the others. */
export function useFieldError(error: unknown) {
  const problemText = useProblemText();
  return (...fields: string[]): { isInvalid?: true; errorMessage?: string } => {
    const field = fieldOf(error);
    return field !== null && fields.includes(field)
      ? { isInvalid: true, errorMessage: problemText(error) }
      : {};
  };
}

interface ProblemAlertProps {
  error: unknown;
  /** Shown unless the problem stands at one of these fields. */
  fields?: readonly string[];
  /** In place of the words that the problem's code has. */
  words?: string;
}

export function ProblemAlert({ error, fields = [], words }: ProblemAlertProps) {
  const text = useText();
  const problemText = useProblemText();
  const field = fieldOf(error);
  if (error == null || (field !== null && fields.includes(field))) return null;
  return (
    <InlineAlert variant="negative" autoFocus>
      <Heading level={2}>{text("problem.heading")}</Heading>
      <Content>{words ?? problemText(error)}</Content>
    </InlineAlert>
  );
}
