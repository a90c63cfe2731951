// The states that every screen has besides its content: loading, failed, nothing there, not allowed.
import { Button, Content, Heading, IllustratedMessage, ProgressCircle } from "@react-spectrum/s2";
import { style } from "@react-spectrum/s2/style" with { type: "macro" };
import type { ReactNode } from "react";

import { Problem } from "../api/client";
import { useText } from "../i18n";
import { useProblemText } from "./problems";

const middle = style({ display: "flex", justifyContent: "center", padding: 64 });

export function Loading() {
  const text = useText();
  return (
    <div className={middle}>
      <ProgressCircle isIndeterminate aria-label={text("state.loading")} />
    </div>
  );
}

export function ErrorState({ error, retry }: { error: Error; retry: () => void }) {
  const text = useText();
  const problemText = useProblemText();
  const forbidden = error instanceof Problem && error.status === 403;
  const unreachable = error instanceof Problem && error.status === 0;
  return (
    <div className={middle} role="alert">
      <IllustratedMessage>
        <Heading level={2}>
          {text(forbidden ? "state.forbidden" : unreachable ? "state.unreachable" : "state.failed")}
        </Heading>
        <Content>
          {forbidden ? text("state.forbidden_help") : problemText(error)}{" "}
          {!forbidden && (
            <Button variant="secondary" onPress={retry}>
              {text("state.retry")}
            </Button>
          )}
        </Content>
      </IllustratedMessage>
    </div>
  );
}

export function Empty({ heading, children }: { heading: string; children?: ReactNode }) {
  return (
    <div className={middle}>
      <IllustratedMessage>
        <Heading level={2}>{heading}</Heading>
        {children !== undefined && <Content>{children}</Content>}
      </IllustratedMessage>
    </div>
  );
}
