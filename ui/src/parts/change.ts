// A change that is asked of Fairway: afterwards what it touched is read again, and a toast says what was done.
import { ToastQueue } from "@react-spectrum/s2";
import { type QueryKey, useMutation, useQueryClient } from "@tanstack/react-query";

import { storesKey } from "../shell/LiveEvents";
import { useProblemText } from "./problems";

const kToastMs = 6_000;

interface Change<Value, Result> {
  call: (value: Value) => Promise<Result>;
  /** What may be different now. */
  touches: readonly QueryKey[];
  /** What was done, in words; null if the screen itself shows it. */
  done: (result: Result, value: Value) => string | null;
  after?: (result: Result, value: Value) => void;
  /** Buttons of rows have no place of their own for a problem: it is said in a toast. */
  toastProblem?: boolean;
}

export function useChange<Value = void, Result = unknown>(change: Change<Value, Result>) {
  const queryClient = useQueryClient();
  const problemText = useProblemText();
  return useMutation({
    mutationFn: change.call,
    onSuccess: async (result, value) => {
      const said = change.done(result, value);
      if (said !== null) ToastQueue.positive(said, { timeout: kToastMs });
      change.after?.(result, value);
      // What waits for a person is counted at every place.
      const touched = [...change.touches, storesKey];
      await Promise.all(touched.map((queryKey) => queryClient.invalidateQueries({ queryKey })));
    },
    onError: (error) => {
      if (change.toastProblem) ToastQueue.negative(problemText(error), { timeout: kToastMs });
    },
  });
}
