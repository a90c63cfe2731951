// Where one can go, in groups. A place stands in the navigation if the role reaches it.
import type { MessageId } from "../i18n";
import { useStores } from "../screens/stores/queries";
import { useMay } from "./session";

interface Place {
  to: string;
  text: MessageId;
  least?: "administrator";
}

interface Group {
  text: MessageId;
  places: readonly Place[];
}

const groups: readonly Group[] = [
  {
    text: "nav.group_sales",
    places: [
      { to: "/stores", text: "nav.stores" },
      { to: "/amazon-orders", text: "nav.amazon_orders" },
      { to: "/commerce-orders", text: "nav.commerce_orders" },
      { to: "/attention", text: "nav.attention" },
    ],
  },
  {
    text: "nav.group_catalog",
    places: [
      { to: "/products", text: "nav.products" },
      { to: "/listings", text: "nav.listings" },
    ],
  },
  {
    text: "nav.group_service",
    places: [
      { to: "/logs", text: "nav.logs" },
      { to: "/users", text: "nav.users", least: "administrator" },
      { to: "/system", text: "nav.system" },
    ],
  },
];

export function usePlaces(): readonly Group[] {
  const administrator = useMay("administrator");
  return groups.map((group) => ({
    ...group,
    places: group.places.filter((place) => place.least === undefined || administrator),
  }));
}

export function isAt(pathname: string, place: string): boolean {
  return pathname === place || pathname.startsWith(`${place}/`);
}

/** How much waits for a person at this place; 0 where nothing is counted. */
export function useWaiting(): (place: string) => number {
  const stores = useStores().data?.items ?? [];
  const waiting = stores
    .map(({ needs }) => needs)
    .reduce(
      (sum, each) =>
        sum + each.blocked + each.commands_rejected + each.attention + each.overdue + each.due_in_24h,
      0,
    );
  return (place) => (place === "/attention" ? waiting : 0);
}
