import { TextField } from "@react-spectrum/s2";

interface PasswordFieldProps {
  label: string;
  help?: string;
  kind: "current-password" | "new-password";
  value: string;
  change: (next: string) => void;
  /** What is wrong with it, if anything. */
  wrong?: string | null;
}

export function PasswordField({ label, help, kind, value, change, wrong = null }: PasswordFieldProps) {
  return (
    <TextField
      label={label}
      {...(help !== undefined && { description: help })}
      type="password"
      name={kind}
      autoComplete={kind}
      isRequired
      value={value}
      onChange={change}
      {...(wrong !== null && { isInvalid: true, errorMessage: wrong })}
    />
  );
}
