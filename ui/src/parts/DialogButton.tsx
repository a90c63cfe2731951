// A button and the dialog that it opens. The dialog is made when it is opened and gone when it is closed: it
// reads nothing before, and keeps nothing that was entered the last time.
import { ActionButton, Button, type ButtonProps, DialogContainer } from "@react-spectrum/s2";
import { style } from "@react-spectrum/s2/style" with { type: "macro" };
import { type ReactElement, useState } from "react";

interface DialogButtonProps extends Pick<ButtonProps, "variant" | "fillStyle" | "size"> {
  label: string;
  /** The accessible name where the label alone does not say what it is about. */
  name?: string;
  /** A small button, for rows. */
  quiet?: boolean;
  opened?: () => void;
  /** The dialog. */
  children: () => ReactElement;
}

export function DialogButton(props: DialogButtonProps) {
  const { label, name, quiet = false, opened, children, ...look } = props;
  const [isOpen, setOpen] = useState(false);
  const shared = {
    ...(name !== undefined && { "aria-label": name }),
    onPress: () => {
      opened?.();
      setOpen(true);
    },
  };
  return (
    <>
      {quiet ? (
        // In a row with little room the words stay whole.
        <ActionButton {...shared} styles={style({ minWidth: "max" })}>
          {label}
        </ActionButton>
      ) : (
        <Button {...look} {...shared}>
          {label}
        </Button>
      )}
      <DialogContainer onDismiss={() => setOpen(false)}>{isOpen && children()}</DialogContainer>
    </>
  );
}
