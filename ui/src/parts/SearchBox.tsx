// The search of a screen; "/" leads to it. It searches when it is sent off or emptied, not with every key.
import { SearchField } from "@react-spectrum/s2";
import { style } from "@react-spectrum/s2/style" with { type: "macro" };
import { useState } from "react";

interface SearchBoxProps {
  label: string;
  value: string | undefined;
  /** Empty: no search. */
  change: (value: string) => void;
}

function Box({ label, value, change }: SearchBoxProps) {
  const [typed, setTyped] = useState(value ?? "");
  return (
    <SearchField
      label={label}
      value={typed}
      onChange={setTyped}
      onSubmit={(next) => change(next.trim())}
      onClear={() => change("")}
      styles={style({ width: { default: "full", sm: 240 } })}
    />
  );
}

/** Begins anew when the search was changed from elsewhere, such as by a chip. */
export function SearchBox(props: SearchBoxProps) {
  return <Box key={props.value ?? ""} {...props} />;
}
