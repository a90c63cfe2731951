// Above the grid: search by number, the panel of filters, and what is set as chips that can be removed.
import { Button } from "@react-spectrum/s2";
import { style } from "@react-spectrum/s2/style" with { type: "macro" };
import { lazy, type ReactNode, Suspense, useId, useState } from "react";

import { useText } from "../../i18n";
import { FilterChips } from "../../parts/FilterChips";
import { SearchBox } from "../../parts/SearchBox";
import { Loading } from "../../parts/states";
import type { OrderFilters } from "../../routes";
import { setOf, useFilterValue, without } from "./filterValues";

// Calendars weigh more than the rest of the screen, and few openings of it need them.
const FilterPanel = lazy(async () => ({ default: (await import("./FilterPanel")).FilterPanel }));

interface Props {
  filters: OrderFilters;
  change: (next: OrderFilters) => void;
}

/** What stands beside the search: columns, views. */
export function Filters({ filters, change, children }: Props & { children: ReactNode }) {
  const text = useText();
  const valueOf = useFilterValue();
  const [isOpen, setOpen] = useState(false);
  const panel = useId();
  return (
    <>
      <div
        className={style({ display: "flex", gap: 16, alignItems: "end", flexWrap: "wrap", marginBottom: 16 })}
      >
        <SearchBox
          label={text("filter.q")}
          value={filters.q}
          change={(q) => change(q === "" ? without(filters, new Set(["q"])) : { ...filters, q })}
        />
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
      <FilterChips
        set={setOf(filters).map(([name, value]) => [name, valueOf(name, value)] as const)}
        remove={(names) => change(without(filters, names))}
      />
    </>
  );
}
