// A button that asks first, and says what will happen.
import { ActionButton, AlertDialog, Button, DialogTrigger } from "@react-spectrum/s2";
import { style } from "@react-spectrum/s2/style" with { type: "macro" };

import { useText } from "../i18n";

/** In a row with little room the words stay whole. */
const whole = style({ minWidth: "max" });

interface ConfirmProps {
  /** On the button, and on the button that does it. */
  label: string;
  /** The button's accessible name where its label alone does not say what it is about. */
  name?: string;
  title: string;
  children: string;
  destructive?: boolean;
  quiet?: boolean;
  isPending?: boolean;
  onConfirm: () => void;
}

export function Confirm(props: ConfirmProps) {
  const text = useText();
  const named = props.name === undefined ? {} : { "aria-label": props.name };
  return (
    <DialogTrigger>
      {props.quiet ? (
        <ActionButton {...named} isPending={props.isPending ?? false} styles={whole}>
          {props.label}
        </ActionButton>
      ) : (
        <Button
          {...named}
          variant={props.destructive ? "negative" : "secondary"}
          fillStyle="outline"
          isPending={props.isPending ?? false}
        >
          {props.label}
        </Button>
      )}
      <AlertDialog
        variant={props.destructive ? "destructive" : "confirmation"}
        title={props.title}
        primaryActionLabel={props.label}
        cancelLabel={text("action.cancel")}
        onPrimaryAction={props.onConfirm}
      >
        {props.children}
      </AlertDialog>
    </DialogTrigger>
  );
}
