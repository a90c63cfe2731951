// Above the grid: search by number, the panel of filters, and what is set as chips that can be removed.
import { Button, SearchField, Tag, TagGroup } from "@react-spectrum/s2";
import { style } from "@react-spectrum/s2/style" with { type: "macro" };
import { lazy, type ReactNode, Suspense, useId, useState } from "react";

import { useText } from "../../i18n";
import { Loading } from "../../parts/states";
import type { OrderFilters } from "../../routes";
import { setOf, useFilterValue, without } from "./filterValues";

// Calendars weigh more than the rest of the screen, and few openings of it need them.
const FilterPanel = lazy(async () => ({ default: (await import("./FilterPanel")).FilterPanel }));

interface Props {
  filters: OrderFilters;
  change: (next: OrderFilters) => void;
}

function Chips({ filters, change }: Props) {
  const text = useText();
  const valueOf = useFilterValue();
  const set = setOf(filters);
  if (set.length === 0) return null;
  return (
    <TagGroup
      aria-label={text("filter.set")}
      onRemove={(keys) => change(without(filters, new Set([...keys].map(String))))}
      groupActionLabel={text("filter.clear")}
      onGroupAction={() => change(without(filters, new Set(set.map(([name]) => name))))}
      styles={style({ marginBottom: 16 })}
    >
      {set.map(([name, value]) => {
        const chip = text("filter.chip", { name: text(`filter.${name}`), value: valueOf(name, value) });
        return (
          <Tag key={name} id={name} textValue={chip}>
            {chip}
          </Tag>
        );
      })}
    </TagGroup>
  );
}

function NumberSearch({ filters, change }: Props) {
  const text = useText();
  const [typed, setTyped] = useState(filters.q ?? "");
  const set = (q: string) =>
    change(q.trim() === "" ? without(filters, new Set(["q"])) : { ...filters, q: q.trim() });
  return (
    <SearchField
      label={text("filter.q")}
      value={typed}
      onChange={setTyped}
      onSubmit={set}
      onClear={() => set("")}
    />
  );
}

/** What stands beside the search: columns, views. */
export function Filters({ filters, change, children }: Props & { children: ReactNode }) {
  const text = useText();
  const [isOpen, setOpen] = useState(false);
  const panel = useId();
  return (
    <>
      <div
        className={style({ display: "flex", gap: 16, alignItems: "end", flexWrap: "wrap", marginBottom: 16 })}
      >
        <NumberSearch key={filters.q ?? ""} filters={filters} change={change} />
        <Button
          variant="secondary"
          aria-expanded={isOpen}
          aria-controls={panel}
          onPress={() => setOpen(!isOpen)}
        >
          {text(isOpen ? "filter.hide" : "filter.show")}
        </Button>
        {children}
      </div>
      <div id={panel}>
        {/* Removing a chip starts the panel anew from what is set. */}
        {isOpen && (
          <Suspense fallback={<Loading />}>
            <FilterPanel key={JSON.stringify(filters)} filters={filters} apply={change} />
          </Suspense>
        )}
      </div>
      <Chips filters={filters} change={change} />
    </>
  );
}
