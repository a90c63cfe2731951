// Money, times and quantities as people read them. Money stays decimal text: no amount becomes a float.
import { useIntl } from "react-intl";

import type { Schemas } from "../api/client";
import { isZero } from "./money";

/** A time in a list, which has little room: of this year, its year goes without saying. */
export function listTimeText(time: Date, now: Date, locale: string): string {
  const isThisYear = time.getFullYear() === now.getFullYear();
  const look: Intl.DateTimeFormatOptions = isThisYear
    ? { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" }
    : { dateStyle: "medium", timeStyle: "short" };
  return new Intl.DateTimeFormat(locale, look).format(time);
}

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
    listTime: (time: string | null | undefined) =>
      time == null ? "–" : listTimeText(new Date(time), new Date(), intl.locale),
    date: (time: string | null | undefined) =>
      time == null
        ? "–"
        : new Intl.DateTimeFormat(intl.locale, { dateStyle: "medium" }).format(new Date(time)),
    /** For scales: without cents where there are none. */
    roundMoney: (money: Money) =>
      new Intl.NumberFormat(intl.locale, {
        style: "currency",
        currency: money.currency,
        trailingZeroDisplay: "stripIfInteger",
      }).format(money.amount as unknown as number),
    /** A day of the calendar of UTC, whatever the reader's clock says. */
    day: (day: string | undefined) =>
      day === undefined
        ? "–"
        : new Intl.DateTimeFormat(intl.locale, { day: "numeric", month: "short", timeZone: "UTC" }).format(
            new Date(day),
          ),
    number: (value: number) => new Intl.NumberFormat(intl.locale).format(value),
    /** Of whole per cent, with its sign. */
    percent: (value: number) =>
      new Intl.NumberFormat(intl.locale, { style: "percent", signDisplay: "exceptZero" }).format(value / 100),
    bytes: (value: number) => {
      const units = ["byte", "kilobyte", "megabyte", "gigabyte", "terabyte"] as const;
      const step = value < 1 ? 0 : Math.min(Math.floor(Math.log10(value) / 3), units.length - 1);
      const unit = units[step] ?? "byte";
      return new Intl.NumberFormat(intl.locale, { style: "unit", unit, maximumFractionDigits: 1 }).format(
        value / 1000 ** step,
      );
    },
  };
}

/** A discount is kept positive and read as what is taken off. */
export function useSigned() {
  const format = useFormat();
  return (part: string, money: Money) =>
    part === "discount" && !isZero(money)
      ? format.money({ ...money, amount: `-${money.amount}` })
      : format.money(money);
}
