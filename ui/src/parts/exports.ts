// Addresses of the lists as files.
export type ExportedList =
  | "amazon-orders"
  | "commerce-orders"
  | "products"
  | "listings"
  | "commands"
  | "attention"
  | "sync-runs"
  | "audit"
  | "quarantine"
  | "communication-errors";

export function exportPath(list: ExportedList, query: Record<string, string | undefined>): string {
  const set = Object.entries(query).filter((entry): entry is [string, string] => entry[1] !== undefined);
  const search = new URLSearchParams(set).toString();
  return `/api/v1/exports/${list}${search === "" ? "" : `?${search}`}`;
}
