// What is asked of Fairway, and what is known from it. An answer that says that nobody is signed in any more, to
// whatever was asked, has the session asked for again: the page for signing in follows from that.
import { MutationCache, QueryCache, QueryClient } from "@tanstack/react-query";

import { Problem } from "../api/client";
import { sessionKey } from "./session";

const kEnded = ["session_ended", "token_missing"];

export function isEnded(error: unknown): boolean {
  return error instanceof Problem && error.status === 401 && kEnded.includes(error.code);
}

export function createQueryClient(): QueryClient {
  const look = (error: unknown) => {
    if (isEnded(error)) void client.invalidateQueries({ queryKey: sessionKey });
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
