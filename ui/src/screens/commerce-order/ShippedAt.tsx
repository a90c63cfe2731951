// When a package was handed over, if it was not just now.
import { type CalendarDateTime, parseDateTime } from "@internationalized/date";
import { DatePicker } from "@react-spectrum/s2";
import { style } from "@react-spectrum/s2/style" with { type: "macro" };

import { useText } from "../../i18n";

interface ShippedAtProps {
  /** Without a time zone: the reader's; empty for now. */
  value: string;
  change: (next: string) => void;
  error: { isInvalid?: boolean; errorMessage?: string };
}

function timeOf(value: string): CalendarDateTime | null {
  return value === "" ? null : parseDateTime(value);
}

export function ShippedAt({ value, change, error }: ShippedAtProps) {
  const text = useText();
  return (
    <DatePicker
      label={text("ship.shipped_at")}
      description={text("ship.shipped_at_help")}
      granularity="minute"
      value={timeOf(value)}
      onChange={(time) => change(time === null ? "" : time.toString().slice(0, 16))}
      styles={style({ width: 240, maxWidth: "full" })}
      {...error}
    />
  );
}
