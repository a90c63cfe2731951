// Where things lead: pages of Fairway, a carrier's tracking page.
import type { AmazonOrder } from "./orders";

/** The path of an address that is Fairway's own; null for one that leads elsewhere. */
export function ownPath(href: string): string | null {
  if (href.startsWith("/")) return href;
  // The server writes its public address, which is not always the one that this page was loaded from.
  const url = URL.parse(href);
  if (url === null) return null;
  const own = /^\/(amazon-orders|commerce-orders|products|stores)\//.test(url.pathname);
  return own || url.origin === window.location.origin ? url.pathname + url.search : null;
}

export function orderPath(order: Pick<AmazonOrder, "store" | "amazon_order_id">): string {
  return `/amazon-orders/${encodeURIComponent(order.store)}/${encodeURIComponent(order.amazon_order_id)}`;
}

/** The orders that the figures "to ship" count. */
export const toShipPath = (store: string) =>
  `/amazon-orders?store=${encodeURIComponent(store)}&status=Unshipped%2CPartiallyShipped&import_state=imported`;

/** What waits for a person in one store. */
export const attentionPath = (store: string, tab?: string) =>
  `/attention?store=${encodeURIComponent(store)}${tab === undefined ? "" : `&tab=${tab}`}`;

export const commercePath = (id: string) => `/commerce-orders/${encodeURIComponent(id)}`;

/** An order's own page, and that of its commerce order. */
export function orderPages(
  order: Pick<AmazonOrder, "store" | "amazon_order_id" | "commerce_order">,
): [string, ...string[]] {
  const { commerce_order } = order;
  return commerce_order === null ? [orderPath(order)] : [orderPath(order), commercePath(commerce_order.id)];
}

const trackers: Record<string, (tracking: string) => string> = {
  dhl: (tracking) => `https://www.dhl.com/global-en/home/tracking.html?tracking-id=${tracking}`,
  dhlexpress: (tracking) => `https://www.dhl.com/global-en/home/tracking.html?tracking-id=${tracking}`,
  dhlpaket: (tracking) =>
    `https://www.dhl.de/de/privatkunden/dhl-sendungsverfolgung.html?piececode=${tracking}`,
  ups: (tracking) => `https://www.ups.com/track?tracknum=${tracking}`,
  fedex: (tracking) => `https://www.fedex.com/fedextrack/?trknbr=${tracking}`,
  usps: (tracking) => `https://tools.usps.com/go/TrackConfirmAction?tLabels=${tracking}`,
  gls: (tracking) => `https://gls-group.eu/track/${tracking}`,
  dpd: (tracking) => `https://tracking.dpd.de/status/en_US/parcel/${tracking}`,
  brt: (tracking) =>
    `https://vas.brt.it/vas/sped_det_show.htm?referer=sped_numspe_par.htm&Nspediz=${tracking}`,
  posteitaliane: (tracking) => `https://www.poste.it/cerca/index.html#/risultati-spedizioni/${tracking}`,
  sda: (tracking) => `https://www.poste.it/cerca/index.html#/risultati-spedizioni/${tracking}`,
  royalmail: (tracking) => `https://www.royalmail.com/track-your-item#/tracking-results/${tracking}`,
  laposte: (tracking) => `https://www.laposte.fr/outils/suivre-vos-envois?code=${tracking}`,
  colissimo: (tracking) => `https://www.laposte.fr/outils/suivre-vos-envois?code=${tracking}`,
  chronopost: (tracking) => `https://www.chronopost.fr/tracking-no-cms/suivi-page?listeNumerosLT=${tracking}`,
  postnl: (tracking) => `https://postnl.nl/tracktrace/?B=${tracking}`,
};

/** The carrier's own page about a parcel; null for carriers whose page is not known. */
export function trackingPage(carrier: string | null, tracking: string | null): string | null {
  if (carrier === null || tracking === null || tracking === "") return null;
  const tracker = trackers[carrier.toLowerCase().replaceAll(/[^a-z0-9]/g, "")];
  return tracker === undefined ? null : tracker(encodeURIComponent(tracking));
}
