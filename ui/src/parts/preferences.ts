// What the screens keep for a person: language, columns, views. One object, of which each user of it has its
// own member.
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";

import { api, body } from "../api/client";

const preferencesKey = ["preferences"];
type Preferences = Record<string, unknown>;

const read = async () => (await body(api.GET("/api/v1/preferences"))) as Preferences;

/** What becomes of the member, from what it is when it is stored. */
type Change<T> = (now: T | undefined) => T;

/** The member, and how to change it. */
export function usePreference<T>(name: string) {
  const queryClient = useQueryClient();
  const changed = (all: Preferences | undefined, change: Change<T>): Preferences => ({
    ...all,
    [name]: change(all?.[name] as T | undefined),
  });
  const preferences = useQuery({
    queryKey: preferencesKey,
    queryFn: read,
    staleTime: Number.POSITIVE_INFINITY,
  });
  const { mutateAsync } = useMutation({
    // One after the other: the last choice is the one that stays.
    scope: { id: "preferences" },
    mutationKey: preferencesKey,
    onMutate: (change: Change<T>) =>
      queryClient.setQueryData<Preferences>(preferencesKey, (now) => changed(now, change)),
    // Another window may have kept something meanwhile: what is there now is what is changed.
    mutationFn: async (change: Change<T>) => {
      const next = changed(await read(), change);
      await api.PUT("/api/v1/preferences", { body: next as never });
      return next;
    },
    // What another window kept is seen, too; not while the next change of our own waits for its turn.
    onSuccess: (next) => {
      if (queryClient.isMutating({ mutationKey: preferencesKey }) === 1)
        queryClient.setQueryData<Preferences>(preferencesKey, next);
    },
    onError: () => queryClient.invalidateQueries({ queryKey: preferencesKey }),
  });
  return {
    /** Undefined while it is not known, or if there is none. */
    value: preferences.data?.[name] as T | undefined,
    isKnown: preferences.data !== undefined,
    /** Known, or not to be had: nothing is gained by waiting any longer. */
    isSettled: !preferences.isPending,
    keep: (value: T) => mutateAsync(() => value),
    update: mutateAsync,
  };
}
