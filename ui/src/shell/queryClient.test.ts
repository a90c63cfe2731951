import { beforeEach, expect, test, vi } from "vitest";

let client: typeof import("../api/client");
let queries: typeof import("./queryClient");
let ended: Error;
beforeEach(async () => {
  vi.stubGlobal("window", { location: { origin: "http://127.0.0.1:8400" } });
  client = await import("../api/client");
  queries = await import("./queryClient");
  ended = new client.Problem(401, "session_ended", "", null);
});

const key = ["session"];
const signedIn = () => {
  const queryClient = queries.createQueryClient();
  queryClient.setQueryData(key, { name: "office" });
  return queryClient;
};
const isAskedAgain = (queryClient: ReturnType<typeof signedIn>) =>
  queryClient.getQueryState(key)?.isInvalidated;

test("whatever says that the session has ended has it asked for again", async () => {
  const read = signedIn();
  await read.fetchQuery({ queryKey: ["stores"], queryFn: () => Promise.reject(ended) }).catch(() => {});
  expect(isAskedAgain(read)).toBe(true);

  const change = signedIn();
  const mutation = change.getMutationCache().build(change, { mutationFn: () => Promise.reject(ended) });
  await mutation.execute(undefined).catch(() => {});
  expect(isAskedAgain(change)).toBe(true);
});

test("another window's newer session is asked for", async () => {
  const queryClient = signedIn();
  const stale = new client.Problem(403, "csrf_token_wrong", "", null);
  const mutation = queryClient
    .getMutationCache()
    .build(queryClient, { mutationFn: () => Promise.reject(stale) });
  await mutation.execute(undefined).catch(() => {});
  expect(isAskedAgain(queryClient)).toBe(true);
});

test("other refusals leave the session alone, and so does its own", async () => {
  const queryClient = signedIn();
  const refused = new client.Problem(403, "role_too_low", "", null);
  await queryClient
    .fetchQuery({ queryKey: ["users"], queryFn: () => Promise.reject(refused) })
    .catch(() => {});
  expect(isAskedAgain(queryClient)).toBe(false);
  // The code that a program's missing token has, too: here a token that is gone already.
  const gone = new client.Problem(404, "token_missing", "", null);
  await queryClient.fetchQuery({ queryKey: ["tokens"], queryFn: () => Promise.reject(gone) }).catch(() => {});
  expect(isAskedAgain(queryClient)).toBe(false);
  const reject = () => Promise.reject(ended);
  await queryClient.fetchQuery({ queryKey: [...key, "own"], queryFn: reject }).catch(() => {});
  expect(isAskedAgain(queryClient)).toBe(false);
});
