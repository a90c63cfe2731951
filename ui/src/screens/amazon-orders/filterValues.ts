// The filters of the grid: in the address as people read them, in the request as the server wants them.
import { useIntl } from "react-intl";

import { type MessageId, useText } from "../../i18n";
import { spanOf, startOf } from "../../parts/days";
import { useFormat } from "../../parts/format";
import { writeAmount } from "../../parts/money";
import type { OrderFilters } from "../../routes";
import { useStoreName } from "../stores/queries";

export const statuses = [
  "PendingAvailability",
  "Pending",
  "Unshipped",
  "PartiallyShipped",
  "Shipped",
  "Canceled",
  "Unfulfillable",
  "Unknown",
] as const;
export const importStates = [
  "waiting",
  "blocked",
  "importing",
  "imported",
  "completed",
  "cancelled",
  "view_only",
  "excluded",
] as const;
export const fulfillers = ["merchant", "amazon"] as const;

export type FilterName = Exclude<keyof OrderFilters, "sort">;

/** Days become times. */
export function toQuery({ purchased_from, purchased_to, ...rest }: OrderFilters): OrderFilters {
  return {
    ...rest,
    ...spanOf(["purchased_from", purchased_from], ["purchased_to", purchased_to]),
  };
}

export function setOf(filters: OrderFilters): [FilterName, string][] {
  return Object.entries(filters).filter(([name]) => name !== "sort") as [FilterName, string][];
}

export function without(filters: OrderFilters, names: ReadonlySet<string>): OrderFilters {
  return Object.fromEntries(Object.entries(filters).filter(([name]) => !names.has(name)));
}

/** A filter's value in words. */
export function useFilterValue() {
  const text = useText();
  const { locale } = useIntl();
  const format = useFormat();
  const storeName = useStoreName();
  const each = (prefix: string, known: readonly string[], value: string) =>
    value
      .split(",")
      .map((part) => (known.includes(part) ? text(`${prefix}.${part}` as MessageId) : part))
      .join(", ");
  return (name: FilterName, value: string): string => {
    switch (name) {
      case "store":
        return storeName(value);
      case "status":
        return each("status", statuses, value);
      case "import_state":
        return each("import_state", importStates, value);
      case "fulfilled_by":
        return each("fulfilled_by", fulfillers, value);
      case "purchased_from":
      case "purchased_to":
        return format.date(startOf(value));
      case "total_min":
      case "total_max":
        return writeAmount(value, locale);
      default:
        return value;
    }
  };
}
