// Above the commerce orders: what they can be filtered by; and what is said if none is found.
import { Button, LinkButton } from "@react-spectrum/s2";
import { style } from "@react-spectrum/s2/style" with { type: "macro" };
import type { ReactNode } from "react";

import { useText } from "../../i18n";
import { AnyPicker } from "../../parts/AnyPicker";
import { commerceStatuses, commerceStatusId } from "../../parts/commerce";
import { DayField } from "../../parts/DayField";
import { startOf } from "../../parts/days";
import { useFormat } from "../../parts/format";
import { SearchBox } from "../../parts/SearchBox";
import { Empty } from "../../parts/states";
import { useStoreName, useStores } from "../stores/queries";
import { type Name, type Search, without } from "./search";

interface FilterProps {
  search: Search;
  change: (next: Search) => void;
}

export function Filters({ search, change, children }: FilterProps & { children: ReactNode }) {
  const text = useText();
  const stores = useStores().data?.items ?? [];
  const set = (name: Name) => (value: string) =>
    change(value === "" ? without(search, new Set([name])) : { ...search, [name]: value });
  const statuses = commerceStatuses.map((status) => ({ id: status, name: text(commerceStatusId(status)) }));
  const at = (name: Exclude<Name, "sort">) => ({
    label: text(`filter.${name}`),
    value: search[name],
    change: set(name),
  });
  return (
    <div
      className={style({ display: "flex", gap: 16, alignItems: "end", flexWrap: "wrap", marginBottom: 16 })}
    >
      <SearchBox {...at("q")} />
      <AnyPicker {...at("status")} known={statuses} />
      <AnyPicker {...at("store")} known={stores} />
      <DayField {...at("created_from")} />
      <DayField {...at("created_to")} />
      {children}
    </div>
  );
}

/** Filters that are set, their values in words. */
export function useSetFilters(search: Search): [string, string][] {
  const text = useText();
  const format = useFormat();
  const storeName = useStoreName();
  const inWords = (name: string, value: string): string => {
    if (name === "store") return storeName(value);
    if (name === "created_from" || name === "created_to") return format.date(startOf(value));
    const status = commerceStatuses.find((each) => each === value);
    return name === "status" && status !== undefined ? text(commerceStatusId(status)) : value;
  };
  return Object.entries(search)
    .filter(([name]) => name !== "sort")
    .map(([name, value]) => [name, inWords(name, value)]);
}

export function NoOrders({ search, change }: FilterProps) {
  const text = useText();
  const isFiltered = Object.keys(without(search, new Set(["sort"]))).length > 0;
  return isFiltered ? (
    <Empty
      heading={text("orders.none_match")}
      action={
        <Button variant="secondary" onPress={() => change({})}>
          {text("filter.clear")}
        </Button>
      }
    >
      {text("orders.none_match_help")}
    </Empty>
  ) : (
    <Empty
      heading={text("orders.none_yet")}
      action={
        <LinkButton variant="secondary" href="/amazon-orders">
          {text("nav.amazon_orders")}
        </LinkButton>
      }
    >
      {text("commerce.none_yet_help")}
    </Empty>
  );
}
