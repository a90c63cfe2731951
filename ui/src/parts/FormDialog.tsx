// A small form above the page: its fields, what was refused, and two buttons.
import { Button, ButtonGroup, Content, Dialog, Form, Heading } from "@react-spectrum/s2";
import { type FormEvent, type ReactNode, useId } from "react";

import { useText } from "../i18n";
import { ProblemAlert } from "./problems";

interface FormDialogProps {
  title: string;
  submit: string;
  error: unknown;
  /** Fields of the form that show their own problem. */
  fields?: readonly string[];
  isPending: boolean;
  size?: "M" | "L";
  isDestructive?: boolean;
  onSubmit: (close: () => void) => void;
  children: ReactNode;
}

export function FormDialog(props: FormDialogProps) {
  const { title, submit, error, fields, isPending, onSubmit, children } = props;
  const text = useText();
  const formId = useId();
  return (
    <Dialog size={props.size ?? "M"}>
      {({ close }) => (
        <>
          <Heading slot="title">{title}</Heading>
          <Content>
            {/* The server judges what was entered; the browser's own check would keep a refused form shut. */}
            <Form
              id={formId}
              validationBehavior="aria"
              // The server says what is wrong; the browser must not refuse to send the corrected form.
              onSubmit={(event: FormEvent) => {
                event.preventDefault();
                onSubmit(close);
              }}
            >
              <ProblemAlert error={error} fields={fields ?? []} />
              {children}
            </Form>
          </Content>
          <ButtonGroup>
            <Button variant="secondary" onPress={close}>
              {text("action.cancel")}
            </Button>
            <Button
              variant={props.isDestructive ? "negative" : "accent"}
              type="submit"
              form={formId}
              isPending={isPending}
            >
              {submit}
            </Button>
          </ButtonGroup>
        </>
      )}
    </Dialog>
  );
}
