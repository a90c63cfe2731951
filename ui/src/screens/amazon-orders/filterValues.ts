// The filters of the grid: in the address as people read them, in the request as the server wants them.
import { type MessageId, useText } from "../../i18n";
import { useFormat } from "../../parts/format";
import type { OrderFilters } from "../../routes";
import { useStores } from "../stores/queries";

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

const kDay = /^(\d{4})-(\d{2})-(\d{2})$/;

/** The first moment of a day where the reader is; other texts are times already. */
function startOf(day: string, daysLater: number): string {
  const parts = kDay.exec(day);
  if (parts === null) return day;
  const [year, month, date] = parts.slice(1).map(Number) as [number, number, number];
  return new Date(year, month - 1, date + daysLater).toISOString();
}

/** Days become times: "to" holds its whole day. */
export function toQuery(filters: OrderFilters): OrderFilters {
  const { purchased_from, purchased_to, ...rest } = filters;
  return {
    ...rest,
    ...(purchased_from !== undefined && { purchased_from: startOf(purchased_from, 0) }),
    ...(purchased_to !== undefined && { purchased_to: startOf(purchased_to, 1) }),
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
  const format = useFormat();
  const stores = useStores().data?.items ?? [];
  const each = (prefix: string, known: readonly string[], value: string) =>
    value
      .split(",")
      .map((part) => (known.includes(part) ? text(`${prefix}.${part}` as MessageId) : part))
      .join(", ");
  return (name: FilterName, value: string): string => {
    switch (name) {
      case "store":
        return stores.find((store) => store.id === value)?.name ?? value;
      case "status":
        return each("status", statuses, value);
      case "import_state":
        return each("import_state", importStates, value);
      case "fulfilled_by":
        return each("fulfilled_by", fulfillers, value);
      case "purchased_from":
      case "purchased_to":
        return format.date(startOf(value, 0));
      default:
        return value;
    }
  };
}
