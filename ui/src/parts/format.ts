// Money, times and quantities as people read them. Money stays decimal text: no amount becomes a float.
import { useIntl } from "react-intl";

import type { Schemas } from "../api/client";

export type Money = Schemas["Money"];

export function useFormat() {
  const intl = useIntl();
  return {
    money: (money: Money | null | undefined) =>
      money == null
        ? "–"
        : // The specification takes decimal text as it is; the types know numbers only.
          new Intl.NumberFormat(intl.locale, { style: "currency", currency: money.currency }).format(
            money.amount as unknown as number,
          ),
    dateTime: (time: string | null | undefined) =>
      time == null
        ? "–"
        : new Intl.DateTimeFormat(intl.locale, { dateStyle: "medium", timeStyle: "short" }).format(
            new Date(time),
          ),
    date: (time: string | null | undefined) =>
      time == null
        ? "–"
        : new Intl.DateTimeFormat(intl.locale, { dateStyle: "medium" }).format(new Date(time)),
    number: (value: number) => new Intl.NumberFormat(intl.locale).format(value),
  };
}
