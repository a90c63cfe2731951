// Above the commerce orders: what they can be filtered by, and what is set as chips that can be removed.
import { Picker, PickerItem, SearchField, Tag, TagGroup } from "@react-spectrum/s2";
import { style } from "@react-spectrum/s2/style" with { type: "macro" };
import { useState } from "react";

import { type MessageId, useText } from "../../i18n";
import { commerceStatuses, commerceStatusId } from "../../parts/commerce";
import { useStores } from "../stores/queries";

export interface Search {
  status?: string;
  store?: string;
  amazon_order_id?: string;
}
type Name = keyof Search;

/** An item of a picker needs a key. */
const kAny = "any";

export function useStoreName() {
  const stores = useStores().data?.items ?? [];
  return { stores, nameOf: (id: string) => stores.find((each) => each.id === id)?.name ?? id };
}

interface FilterProps {
  search: Search;
  change: (next: Search) => void;
}

const without = (search: Search, names: ReadonlySet<string>): Search =>
  Object.fromEntries(Object.entries(search).filter(([name]) => !names.has(name)));

export function Filters({ search, change }: FilterProps) {
  const text = useText();
  const { stores } = useStoreName();
  const [typed, setTyped] = useState(search.amazon_order_id ?? "");
  const set = (name: Name, value: string) =>
    change(value === "" || value === kAny ? without(search, new Set([name])) : { ...search, [name]: value });
  return (
    <div
      className={style({ display: "flex", gap: 16, alignItems: "end", flexWrap: "wrap", marginBottom: 16 })}
    >
      <SearchField
        label={text("filter.amazon_order_id")}
        value={typed}
        onChange={setTyped}
        onSubmit={(value) => set("amazon_order_id", value.trim())}
        onClear={() => set("amazon_order_id", "")}
      />
      <Picker
        label={text("filter.status")}
        value={search.status ?? kAny}
        onChange={(value) => set("status", String(value ?? kAny))}
      >
        {[
          <PickerItem key={kAny} id={kAny}>
            {text("filter.any")}
          </PickerItem>,
          ...commerceStatuses.map((status) => (
            <PickerItem key={status} id={status}>
              {text(commerceStatusId(status))}
            </PickerItem>
          )),
        ]}
      </Picker>
      <Picker
        label={text("filter.store")}
        value={search.store ?? kAny}
        onChange={(value) => set("store", String(value ?? kAny))}
      >
        {[{ id: kAny, name: text("filter.any") }, ...stores].map((store) => (
          <PickerItem key={store.id} id={store.id}>
            {store.name}
          </PickerItem>
        ))}
      </Picker>
    </div>
  );
}

export function Chips({ search, change }: FilterProps) {
  const text = useText();
  const { nameOf } = useStoreName();
  const shown = (name: string, value: string) => {
    if (name === "store") return nameOf(value);
    const status = commerceStatuses.find((each) => each === value);
    return name === "status" && status !== undefined ? text(commerceStatusId(status)) : value;
  };
  const set = Object.entries(search);
  if (set.length === 0) return null;
  return (
    <TagGroup
      aria-label={text("filter.set")}
      onRemove={(keys) => change(without(search, new Set([...keys].map(String))))}
      groupActionLabel={text("filter.clear")}
      onGroupAction={() => change({})}
      styles={style({ marginBottom: 16 })}
    >
      {set.map(([name, value]) => {
        const chip = text("filter.chip", {
          name: text(`filter.${name}` as MessageId),
          value: shown(name, String(value)),
        });
        return (
          <Tag key={name} id={name} textValue={chip}>
            {chip}
          </Tag>
        );
      })}
    </TagGroup>
  );
}
