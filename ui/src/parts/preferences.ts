// What the screens keep for a person: language, columns, views. One object, of which each user of it has its
// own member.
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";

import { api, body } from "../api/client";

const preferencesKey = ["preferences"];
type Preferences = Record<string, unknown>;

const read = async () => (await body(api.GET("/api/v1/preferences"))) as Preferences;

/** The member, and how to change it. */
export function usePreference<T>(name: string) {
  const queryClient = useQueryClient();
  const preferences = useQuery({
    queryKey: preferencesKey,
    queryFn: read,
    staleTime: Number.POSITIVE_INFINITY,
  });
  const { mutateAsync } = useMutation({
    // One after the other: the last choice is the one that stays.
    scope: { id: "preferences" },
    onMutate: (value: T) =>
      queryClient.setQueryData<Preferences>(preferencesKey, (now) => ({ ...now, [name]: value })),
    // Another window may have kept something meanwhile: only our own member is replaced.
    mutationFn: async (value: T) =>
      body(api.PUT("/api/v1/preferences", { body: { ...(await read()), [name]: value } as never })),
    onError: () => queryClient.invalidateQueries({ queryKey: preferencesKey }),
  });
  return {
    /** Undefined while it is not known, or if there is none. */
    value: preferences.data?.[name] as T | undefined,
    isKnown: preferences.data !== undefined,
    /** Known, or not to be had: nothing is gained by waiting any longer. */
    isSettled: !preferences.isPending,
    keep: mutateAsync,
  };
}
