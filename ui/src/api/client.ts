// The way to Fairway's REST interface. Types come from api/openapi.yaml (npm run types).
import createClient, { type Middleware } from "openapi-fetch";

import type { components, paths } from "./schema";

export type Schemas = components["schemas"];

/** What Fairway answers instead of a result: RFC 9457, with a code for programs. */
export class Problem extends Error {
  readonly status: number;
  readonly code: string;
  readonly field: string | null;
  constructor(status: number, code: string, detail: string, field: string | null) {
    super(detail);
    this.status = status;
    this.code = code;
    this.field = field;
  }
}

let csrfToken = "";
let language = "en";

/** What the session gave: every change that a page asks for must carry it. */
export function setCsrfToken(token: string) {
  csrfToken = token;
}

/** Notes, blocks and messages are rendered by the server, in the reader's language. */
export function setLanguage(next: string) {
  language = next;
}

async function problemOf(response: Response): Promise<Problem> {
  const body = (await response.json().catch(() => null)) as Schemas["Problem"] | null;
  return new Problem(
    response.status,
    body?.code ?? "unreachable",
    body?.detail ?? response.statusText,
    body?.field ?? null,
  );
}

const fairway: Middleware = {
  onRequest({ request }) {
    request.headers.set("Accept-Language", language);
    if (request.method === "GET") return request;
    request.headers.set("X-CSRF-Token", csrfToken);
    if (!request.headers.has("Idempotency-Key") && !request.url.includes("/session"))
      request.headers.set("Idempotency-Key", crypto.randomUUID());
    return request;
  },
  async onResponse({ response }) {
    if (!response.ok) throw await problemOf(response);
    return response;
  },
  onError() {
    return new Problem(0, "unreachable", "", null);
  },
};

export const api = createClient<paths>({ baseUrl: window.location.origin });
api.use(fairway);

/** The body of an answer; problems were thrown before. */
export async function body<T>(call: Promise<{ data?: T }>): Promise<T> {
  return (await call).data as T;
}
