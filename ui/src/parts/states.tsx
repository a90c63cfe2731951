// The states that every screen has besides its content: loading, failed, nothing there, not allowed.
import {
  Button,
  ButtonGroup,
  Content,
  Heading,
  IllustratedMessage,
  ProgressCircle,
} from "@react-spectrum/s2";
import { style } from "@react-spectrum/s2/style" with { type: "macro" };
import type { ReactNode } from "react";

import { Problem } from "../api/client";
import { useText } from "../i18n";
import { useProblemText } from "./problems";

const middle = style({ display: "flex", justifyContent: "center", paddingX: 16, paddingY: 48 });

export function Loading() {
  const text = useText();
  return (
    <div className={middle}>
      <ProgressCircle isIndeterminate aria-label={text("state.loading")} />
    </div>
  );
}

interface ErrorStateProps {
  error: Error;
  retry: () => void;
  /** It stands for a part of a screen that has its heading. */
  isPart?: boolean;
}

export function ErrorState({ error, retry, isPart = false }: ErrorStateProps) {
  const text = useText();
  const problemText = useProblemText();
  const forbidden = error instanceof Problem && error.status === 403;
  const unreachable = error instanceof Problem && error.status === 0;
  return (
    <div className={middle} role="alert">
      <IllustratedMessage>
        <Heading level={isPart ? 2 : 1}>
          {text(forbidden ? "state.forbidden" : unreachable ? "state.unreachable" : "state.failed")}
        </Heading>
        <Content>{forbidden ? text("state.forbidden_help") : problemText(error)}</Content>
        {!forbidden && (
          <ButtonGroup>
            <Button variant="secondary" onPress={retry}>
              {text("state.retry")}
            </Button>
          </ButtonGroup>
        )}
      </IllustratedMessage>
    </div>
  );
}

interface EmptyProps {
  heading: string;
  /** Why there is nothing, and what to do next. */
  children?: ReactNode;
  action?: ReactNode;
}

export function Empty({ heading, children, action }: EmptyProps) {
  return (
    <div className={middle}>
      <IllustratedMessage>
        <Heading level={2}>{heading}</Heading>
        {children !== undefined && <Content>{children}</Content>}
        {action !== undefined && <ButtonGroup>{action}</ButtonGroup>}
      </IllustratedMessage>
    </div>
  );
}
