// The form of a shipment and the request that it becomes.
import { Problem, type Schemas } from "../../api/client";

export interface PackageDraft {
  id: number;
  carrier: string;
  service: string;
  tracking: string;
  /** The moment as the form has it, without a time zone: it is the reader's; empty for now. */
  shippedAt: string;
  /** Units by line. */
  units: Map<number, number>;
}

/** Suggestions only: any carrier can be typed. */
const carriers = [
  "Amazon Shipping",
  "BRT",
  "Chronopost",
  "Colissimo",
  "Correos",
  "DHL",
  "DHL Express",
  "DPD",
  "FedEx",
  "GLS",
  "Hermes",
  "InPost",
  "La Poste",
  "Mondial Relay",
  "Poste Italiane",
  "PostNL",
  "Royal Mail",
  "SDA",
  "Seur",
  "TNT",
  "UPS",
  "USPS",
] as const;

/** The carriers of the store's settings first, then those that many use; each once. */
export function suggestedCarriers(ofStore: readonly string[]): string[] {
  const names = new Set(ofStore.map((name) => name.toLowerCase()));
  return [...ofStore, ...carriers.filter((name) => !names.has(name.toLowerCase()))];
}

export function newPackage(id: number, units: ReadonlyMap<number, number>, carrier: string): PackageDraft {
  return { id, carrier, service: "", tracking: "", shippedAt: "", units: new Map(units) };
}

/** What no package of the form holds yet. */
export function unitsLeft(open: ReadonlyMap<number, number>, packages: readonly PackageDraft[]) {
  return new Map(
    [...open].map(([line, units]) => [
      line,
      Math.max(0, units - packages.reduce((sum, each) => sum + (each.units.get(line) ?? 0), 0)),
    ]),
  );
}

const itemsOf = (draft: PackageDraft) =>
  [...draft.units].filter(([, quantity]) => quantity > 0).map(([line, quantity]) => ({ line, quantity }));

export function toRequest(packages: readonly PackageDraft[]): Schemas["ShipRequest"] {
  return {
    packages: packages.map((draft) => ({
      carrier: draft.carrier,
      tracking: draft.tracking,
      ...(draft.service !== "" && { service: draft.service }),
      ...(draft.shippedAt !== "" && { shipped_at: new Date(draft.shippedAt).toISOString() }),
      items: itemsOf(draft),
    })),
  };
}

export type PackageField = "carrier" | "service" | "tracking" | "shipped_at" | "items" | { line: number };

export interface FieldProblem {
  package: number;
  field: PackageField;
}

const kField = /^packages\[(\d+)\]\.(carrier|service|tracking|shipped_at|items)(?:\[(\d+)\])?/;

/** Where in the form a problem stands; null if it is about the whole. */
export function placeOf(error: unknown, packages: readonly PackageDraft[]): FieldProblem | null {
  if (!(error instanceof Problem)) return null;
  // A repetition is about the order, and names the tracking number that is there already.
  if (error.code === "duplicate_shipment") {
    const index = packages.findLastIndex((each) => error.message.includes(each.tracking.trim()));
    return index < 0 ? null : { package: index, field: "tracking" };
  }
  const parts = kField.exec(error.field ?? "");
  const index = Number(parts?.[1]);
  const draft = packages[index];
  const name = parts?.[2];
  if (draft === undefined || name === undefined) return null;
  if (name !== "items")
    return { package: index, field: name as "carrier" | "service" | "tracking" | "shipped_at" };
  const item = parts?.[3] === undefined ? undefined : itemsOf(draft)[Number(parts[3])];
  return { package: index, field: item === undefined ? "items" : { line: item.line } };
}
