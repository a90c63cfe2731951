// A switch with its help, or what is wrong, under it. Spectrum's own help text is as narrow as the switch.
import { Switch } from "@react-spectrum/s2";
import { style } from "@react-spectrum/s2/style" with { type: "macro" };
import { useId } from "react";

interface SwitchFieldProps {
  label: string;
  help?: string;
  isSelected: boolean;
  onChange: (next: boolean) => void;
  isDisabled?: boolean;
  isInvalid?: boolean;
  errorMessage?: string;
}

const field = style({
  display: "flex",
  flexDirection: "column",
  gap: 4,
  gridColumnStart: 1,
  gridColumnEnd: -1,
});
const said = style<{ isInvalid: boolean }>({
  font: "ui-sm",
  color: { default: "gray-800", isInvalid: "negative" },
  margin: 0,
});

export function SwitchField({ label, help, errorMessage, isInvalid = false, ...rest }: SwitchFieldProps) {
  const id = useId();
  const under = isInvalid ? errorMessage : help;
  return (
    <div className={field}>
      <Switch {...rest} isInvalid={isInvalid} {...(under !== undefined && { "aria-describedby": id })}>
        {label}
      </Switch>
      {under !== undefined && (
        <p id={id} className={said({ isInvalid })}>
          {under}
        </p>
      )}
    </div>
  );
}
