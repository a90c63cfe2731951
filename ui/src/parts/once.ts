// A request that was sent and got no answer may have had its effect. Sent again with the same content it
// carries the same key, so that nothing is shipped or credited twice.
import { useRef } from "react";

import { Problem } from "../api/client";

interface Sent {
  content: string;
  key: string;
}

function isUncertain(error: unknown): boolean {
  return error instanceof Problem && (error.status === 0 || error.status === 429 || error.status >= 500);
}

export function useOnce() {
  const sent = useRef<Sent | null>(null);
  return async <Result>(
    content: unknown,
    send: (header: { "Idempotency-Key": string }) => Promise<Result>,
  ): Promise<Result> => {
    const text = JSON.stringify(content ?? null);
    const key = sent.current?.content === text ? sent.current.key : crypto.randomUUID();
    sent.current = { content: text, key };
    try {
      const result = await send({ "Idempotency-Key": key });
      sent.current = null;
      return result;
    } catch (error) {
      if (!isUncertain(error)) sent.current = null;
      throw error;
    }
  };
}
