// The service itself, and its clock.
import { useQuery } from "@tanstack/react-query";

import { api, body } from "../../api/client";

const kLookMs = 30_000;

export function useSystem() {
  return useQuery({
    queryKey: ["system"],
    queryFn: () => body(api.GET("/api/v1/system")),
    refetchInterval: kLookMs,
  });
}

/** Whether the process answers, and whether its database does. */
export function useHealth() {
  const process = useQuery({
    queryKey: ["system", "health"],
    queryFn: () => body(api.GET("/healthz")),
    refetchInterval: kLookMs,
  });
  const database = useQuery({
    queryKey: ["system", "ready"],
    queryFn: () => body(api.GET("/readyz")),
    refetchInterval: kLookMs,
  });
  return { process, database };
}
