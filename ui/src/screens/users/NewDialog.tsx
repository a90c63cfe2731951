// A new person or program: what it is called and what it may do.
import { TextField } from "@react-spectrum/s2";
import type { QueryKey } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";

import { useChange } from "../../parts/change";
import { FormDialog } from "../../parts/FormDialog";
import { useFieldError } from "../../parts/problems";
import { type Rights, RoleFields } from "./RoleFields";

export interface Named extends Rights {
  name: string;
}

interface NewDialogProps<Made> {
  title: string;
  submit: string;
  name: { label: string; help: string };
  /** What is offered at first. */
  role: Rights["role"];
  call: (named: Named) => Promise<Made>;
  touches: QueryKey;
  done: (name: string) => string;
  made: (made: Made, name: string) => void;
  /** Fields of its own, below the others. */
  more?: (errorAt: ReturnType<typeof useFieldError>) => ReactNode;
}

export function NewDialog<Made>(props: NewDialogProps<Made>) {
  const [named, setNamed] = useState<Named>({ name: "", role: props.role, buyer_data: false });
  const set = (next: Partial<Named>) => setNamed((before) => ({ ...before, ...next }));
  const create = useChange({
    call: (_close: () => void) => props.call(named),
    touches: [props.touches],
    done: () => props.done(named.name),
    after: (made, close) => {
      props.made(made, named.name);
      close();
    },
  });
  const errorAt = useFieldError(create.error);
  return (
    <FormDialog
      title={props.title}
      submit={props.submit}
      error={create.error}
      fields={["name", "role", "expires_at"]}
      isPending={create.isPending}
      onSubmit={(close) => create.mutate(close)}
    >
      <TextField
        label={props.name.label}
        description={props.name.help}
        isRequired
        maxLength={80}
        autoComplete="off"
        value={named.name}
        onChange={(name) => set({ name })}
        {...errorAt("name")}
      />
      <RoleFields rights={named} set={set} errorAt={errorAt} />
      {props.more?.(errorAt)}
    </FormDialog>
  );
}
