// What stands in the form of an address, and what of it is sent.
import type { Schemas } from "../../api/client";

type Address = Schemas["Address"];

export const addressFields = [
  "name",
  "company",
  "line1",
  "line2",
  "line3",
  "postal_code",
  "city",
  "district",
  "region",
  "country",
  "phone",
] as const;
export type AddressDraft = Record<(typeof addressFields)[number], string>;

export function draftOf(address: Address | null): AddressDraft {
  return Object.fromEntries(addressFields.map((name) => [name, address?.[name] ?? ""])) as AddressDraft;
}

/** What is left out stays as it is; an empty text takes a field away. */
export function changesOf(before: AddressDraft, after: AddressDraft): Address {
  return Object.fromEntries(
    addressFields
      .filter((name) => after[name].trim() !== before[name])
      .map((name) => [name, after[name].trim()]),
  );
}
