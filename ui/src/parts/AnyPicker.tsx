// One value to filter by, or none.
import { Picker, PickerItem } from "@react-spectrum/s2";

import { useText } from "../i18n";

/** An item of a picker needs a key. */
const kAny = "any";

interface AnyPickerProps {
  label: string;
  known: readonly { id: string; name: string }[];
  value: string | undefined;
  /** Empty: any. */
  change: (value: string) => void;
}

export function AnyPicker({ label, known, value, change }: AnyPickerProps) {
  const text = useText();
  return (
    <Picker
      label={label}
      value={value ?? kAny}
      onChange={(key) => change(key === null || key === kAny ? "" : String(key))}
    >
      {[{ id: kAny, name: text("filter.any") }, ...known].map((each) => (
        <PickerItem key={each.id} id={each.id}>
          {each.name}
        </PickerItem>
      ))}
    </Picker>
  );
}
