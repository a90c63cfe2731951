// What the grid keeps for a person: its columns, and views, which are filters and columns under a name.
import { ToastQueue } from "@react-spectrum/s2";

import { usePreference } from "../../parts/preferences";
import { useProblemText } from "../../parts/problems";
import type { OrderFilters } from "../../routes";
import { without } from "./filterValues";

export interface View {
  name: string;
  search: OrderFilters;
  columns: string[];
}

const kToastMs = 6_000;
/** A buyer's name is personal data: the server refuses to keep it. */
const kNotKept = new Set(["buyer"]);

interface Kept {
  columns?: string[];
  views?: View[];
}

export function useKept() {
  const problemText = useProblemText();
  const { value, update } = usePreference<Kept>("amazon_orders");
  const tryTo = (change: (now: Kept | undefined) => Kept) =>
    void update(change).catch((error: unknown) =>
      ToastQueue.negative(problemText(error), { timeout: kToastMs }),
    );
  const others = (now: Kept | undefined, name: string) =>
    (now?.views ?? []).filter((each) => each.name !== name);
  return {
    columns: value?.columns,
    views: value?.views ?? [],
    showColumns: (columns: string[]) => tryTo((now) => ({ ...now, columns })),
    /** Fails if it could not be kept: then its form says so. */
    saveView: (view: View) => {
      const search = without(view.search, kNotKept);
      return update((now) => ({ ...now, views: [...others(now, view.name), { ...view, search }] }));
    },
    deleteView: (name: string) => tryTo((now) => ({ ...now, views: others(now, name) })),
  };
}
