// How a commerce order's status, its recipient and its packages look, wherever they stand.
import { Link, StatusLight, Text } from "@react-spectrum/s2";

import type { Schemas } from "../api/client";
import { type MessageId, useText } from "../i18n";
import { useSession } from "../shell/session";
import { trackingPage } from "./links";
import { Mark } from "./Mark";

export type CommerceOrder = Schemas["CommerceOrder"];
export type CommerceLine = Schemas["CommerceLine"];
export const commerceKey = ["commerce-orders"];

export const commerceStatuses = [
  "Pending",
  "Processing",
  "Shipped",
  "Complete",
  "Closed",
  "Canceled",
  "On Hold",
] as const;
type Known = (typeof commerceStatuses)[number];

/** Silver is neutral with readable words. */
const tones: Record<Known, "positive" | "negative" | "notice" | "silver" | "informative"> = {
  Pending: "silver",
  Processing: "informative",
  Shipped: "positive",
  Complete: "positive",
  Closed: "silver",
  Canceled: "negative",
  "On Hold": "notice",
};

export const commerceStatusId = (status: Known): MessageId =>
  `commerce_status.${status.replace(" ", "_")}` as MessageId;

/** A custom status is shown as the merchant wrote it. */
export function CommerceStatus({ status }: { status: string }) {
  const text = useText();
  const known = commerceStatuses.find((each) => each === status);
  return (
    <StatusLight variant={known === undefined ? "informative" : tones[known]}>
      {known === undefined ? status : text(commerceStatusId(known))}
    </StatusLight>
  );
}

export function OriginBadge({ origin }: { origin: Schemas["Shipment"]["origin"] }) {
  const text = useText();
  return (
    <Mark tone="neutral" fill="outline">
      {text(`origin.${origin}` as MessageId)}
    </Mark>
  );
}

/** The address as it is given; one that is withheld, erased or not asked for is said to be so. */
export function RecipientAddress({ recipient }: { recipient: Schemas["Recipient"] }) {
  const text = useText();
  const maySee = useSession().data?.buyer_data ?? false;
  const lines = addressLines(recipient);
  if (lines.length > 0) return <AddressLines lines={lines} />;
  const id = maySee && recipient.state === "granted" ? "reveal.hidden" : `recipient.${recipient.state}`;
  return <Text>{text(id as MessageId)}</Text>;
}

export function addressLines(address: Schemas["Address"]): string[] {
  return [
    address.name,
    address.company,
    address.line1,
    address.line2,
    address.line3,
    [address.postal_code, address.city, address.district].filter(Boolean).join(" "),
    [address.region, address.country].filter(Boolean).join(", "),
    address.phone,
  ].filter((line): line is string => line != null && line !== "");
}

export function AddressLines({ lines }: { lines: readonly string[] }) {
  return (
    <div>
      {lines.map((line, index) => (
        // Lines of an address have no identity besides their place.
        <div key={index}>{line}</div>
      ))}
    </div>
  );
}

export function Tracking({ carrier, tracking }: { carrier: string | null; tracking: string | null }) {
  const text = useText();
  const page = trackingPage(carrier, tracking);
  if (tracking === null || tracking === "") return <>{"–"}</>;
  return page === null ? (
    <>{tracking}</>
  ) : (
    <Link
      href={page}
      target="_blank"
      rel="noreferrer"
      variant="secondary"
      aria-label={text("tracking.open", { tracking })}
    >
      {tracking}
    </Link>
  );
}

/** "2 × Mug, 1 × Plate": what a package or a memo holds, by the names of the lines. */
export function useQuantities(titles: ReadonlyMap<number, string>) {
  const text = useText();
  return (items: readonly Schemas["LineQuantity"][]) =>
    items
      .map(({ line, quantity }) =>
        text("quantity.of", { quantity, title: titles.get(line) ?? text("quantity.line", { line }) }),
      )
      .join(", ");
}
