import { type CalendarDate, parseDate } from "@internationalized/date";
import { DatePicker } from "@react-spectrum/s2";

function dayOf(value: string | undefined): CalendarDate | null {
  try {
    return value === undefined ? null : parseDate(value.slice(0, 10));
  } catch {
    return null;
  }
}

interface DayFieldProps {
  label: string;
  value: string | undefined;
  /** Empty: no day. */
  change: (day: string) => void;
  help?: string;
  isInvalid?: true;
  errorMessage?: string;
}

export function DayField({ label, value, change, help, ...wrong }: DayFieldProps) {
  return (
    <DatePicker
      label={label}
      {...(help !== undefined && { description: help })}
      {...wrong}
      value={dayOf(value)}
      onChange={(day) => change(day?.toString() ?? "")}
    />
  );
}
