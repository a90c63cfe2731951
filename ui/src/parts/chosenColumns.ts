// The columns of a grid that a person chose.
import { usePreference } from "./preferences";

interface Kept {
  columns?: string[];
}

/** Undefined as long as nothing was chosen. */
export function useChosenColumns(grid: string) {
  const { value, keep } = usePreference<Kept>(grid);
  return {
    columns: value?.columns,
    // A choice that cannot be kept holds as long as this page.
    choose: (columns: string[]) => void keep({ ...value, columns }).catch(() => {}),
  };
}
