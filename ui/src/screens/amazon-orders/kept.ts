// What the grid keeps for a person: its columns, and views, which are filters and columns under a name.
import { ToastQueue } from "@react-spectrum/s2";

import { usePreference } from "../../parts/preferences";
import { useProblemText } from "../../parts/problems";
import type { OrderFilters } from "../../routes";

export interface View {
  name: string;
  search: OrderFilters;
  columns: string[];
}

interface Kept {
  columns?: string[];
  views?: View[];
}

export function useKept() {
  const problemText = useProblemText();
  const { value, keep } = usePreference<Kept>("amazon_orders");
  const change = async (next: Kept) => {
    try {
      await keep({ ...value, ...next });
    } catch (error) {
      ToastQueue.negative(problemText(error), { timeout: 6_000 });
    }
  };
  return { columns: value?.columns, views: value?.views ?? [], change };
}
