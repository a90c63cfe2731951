// What a person or a program may do.
import { Radio, RadioGroup } from "@react-spectrum/s2";

import type { Schemas } from "../../api/client";
import { useText } from "../../i18n";
import type { useFieldError } from "../../parts/problems";
import { SwitchField } from "../../parts/SwitchField";

export interface Rights {
  role: Schemas["User"]["role"];
  buyer_data: boolean;
}

const roles = ["viewer", "operator", "administrator"] as const;

interface RoleFieldsProps {
  rights: Rights;
  set: (next: Partial<Rights>) => void;
  errorAt: ReturnType<typeof useFieldError>;
}

export function RoleFields({ rights, set, errorAt }: RoleFieldsProps) {
  const text = useText();
  return (
    <>
      <RadioGroup
        label={text("users.role")}
        value={rights.role}
        onChange={(role) => set({ role: role as Rights["role"] })}
        {...errorAt("role")}
      >
        {roles.map((role) => (
          <Radio key={role} value={role} description={text(`role.${role}_help`)}>
            {text(`role.${role}`)}
          </Radio>
        ))}
      </RadioGroup>
      <SwitchField
        label={text("users.buyer_data")}
        help={text("users.buyer_data_help")}
        isSelected={rights.buyer_data}
        onChange={(buyer_data) => set({ buyer_data })}
      />
    </>
  );
}

/** Whether personal data may be seen, in a word. */
export function useSees() {
  const text = useText();
  return ({ buyer_data }: Pick<Rights, "buyer_data">) => text(buyer_data ? "users.sees" : "users.sees_not");
}
