// How many units of each line are still to be shipped, and how many may still be credited.
import type { CommerceOrder } from "../../parts/commerce";

interface Units {
  shipped: number;
  refunded: number;
  withdrawn: number;
}

type Event = { at: string } & (
  | { kind: "shipped"; line: number; quantity: number }
  | { kind: "credited"; line: number; quantity: number; byAmazon: boolean }
);

function eventsOf(order: CommerceOrder): Event[] {
  const shipped = order.shipments.flatMap((shipment) =>
    shipment.packages.flatMap((each) =>
      each.items.map((item): Event => ({ at: shipment.created_at, kind: "shipped", ...item })),
    ),
  );
  const credited = order.credit_memos.flatMap((memo) =>
    memo.lines.map((item): Event => ({
      at: memo.created_at,
      kind: "credited",
      byAmazon: memo.origin === "amazon",
      ...item,
    })),
  );
  return [...shipped, ...credited].sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
}

/** Units credited before they were shipped are not shipped any more; of a memo, shipped units come first. */
function withdrawnUnits(order: CommerceOrder): Map<number, Units> {
  const units = new Map<number, Units>();
  for (const event of eventsOf(order)) {
    const now = units.get(event.line) ?? { shipped: 0, refunded: 0, withdrawn: 0 };
    if (event.kind === "shipped") now.shipped += event.quantity;
    else {
      const shippedLeft = event.byAmazon ? 0 : now.shipped - (now.refunded - now.withdrawn);
      const fromShipped = Math.min(event.quantity, Math.max(0, shippedLeft));
      now.refunded += event.quantity;
      now.withdrawn += event.quantity - fromShipped;
    }
    units.set(event.line, now);
  }
  return units;
}

/** By line; the server decides, this is what its forms start from. */
export function openUnits(order: CommerceOrder): Map<number, number> {
  const withdrawn = withdrawnUnits(order);
  return new Map(
    order.lines.map((line) => [
      line.line,
      Math.max(
        0,
        line.quantity_ordered -
          line.quantity_cancelled -
          line.quantity_shipped -
          (withdrawn.get(line.line)?.withdrawn ?? 0),
      ),
    ]),
  );
}

export function creditableUnits(order: CommerceOrder): Map<number, number> {
  return new Map(
    order.lines.map((line) => [
      line.line,
      Math.max(0, line.quantity_ordered - line.quantity_cancelled - line.quantity_refunded),
    ]),
  );
}

export const sumOf = (units: ReadonlyMap<number, number>) =>
  [...units.values()].reduce((sum, each) => sum + each, 0);
