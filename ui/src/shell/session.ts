// Who is signed in.
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";

import { api, body, Problem, type Schemas, setCsrfToken } from "../api/client";
import { forgetWork } from "./work";

export type Session = Schemas["Session"];
export type Role = Session["role"];
export const sessionKey = ["session"];

/** Called with what signing in, or asking for the session, gave. */
export function remember(session: Session): Session {
  setCsrfToken(session.csrf_token);
  return session;
}

const ask = async () => remember(await body(api.GET("/api/v1/session")));

export function useSession() {
  return useQuery({
    queryKey: sessionKey,
    queryFn: ask,
    staleTime: Number.POSITIVE_INFINITY,
  });
}

const ranks: Record<string, number> = { viewer: 0, operator: 1, administrator: 2 };

/** Whether the person may do what needs at least this role. */
export function useMay(least: "viewer" | "operator" | "administrator"): boolean {
  const { data } = useSession();
  return data !== undefined && (ranks[data.role] ?? -1) >= (ranks[least] ?? 9);
}

export function useSignOut() {
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  return async () => {
    try {
      // Another window may have begun another session: its token is wanted then.
      await ask();
      await api.DELETE("/api/v1/session");
    } catch (error) {
      // Who is signed out already has what they want.
      if (!(error instanceof Problem && error.status === 401)) throw error;
    }
    queryClient.clear();
    forgetWork();
    await navigate({ to: "/sign-in" });
  };
}
