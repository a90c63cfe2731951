// What is asked of Fairway, and what is known from it. An answer that says that nobody is signed in any more, or
// that another window of this browser has begun another session, has the session asked for again: the page for
// signing in follows from that, or the token that the next change must carry.
import { MutationCache, QueryCache, QueryClient } from "@tanstack/react-query";

import { Problem } from "../api/client";
import { sessionKey } from "./session";

const kOther: Record<string, number> = { session_ended: 401, token_missing: 401, csrf_token_wrong: 403 };

function isOfOtherSession(error: unknown): boolean {
  return error instanceof Problem && kOther[error.code] === error.status;
}

export function createQueryClient(): QueryClient {
  const look = (error: unknown) => {
    if (isOfOtherSession(error)) void client.invalidateQueries({ queryKey: sessionKey });
  };
  const client = new QueryClient({
    queryCache: new QueryCache({
      // The session's own refusal is the answer that was looked for.
      onError: (error, query) => {
        if (query.queryKey[0] !== sessionKey[0]) look(error);
      },
    }),
    mutationCache: new MutationCache({ onError: look }),
    defaultOptions: {
      queries: {
        // What was refused stays refused; a server that does not answer is asked again.
        retry: (count, error) => error instanceof Problem && error.status === 0 && count < 3,
        staleTime: 10_000,
      },
    },
  });
  return client;
}
