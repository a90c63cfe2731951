// Where things lead: pages of Fairway, Seller Central, a carrier's tracking page.
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

export const commercePath = (id: string) => `/commerce-orders/${encodeURIComponent(id)}`;

const kEurope = "sellercentral-europe.amazon.com";
/** As src/domain/marketplace.cpp knows them. */
const sellerCentral: Record<string, string> = {
  CA: "sellercentral.amazon.ca",
  US: "sellercentral.amazon.com",
  MX: "sellercentral.amazon.com.mx",
  BR: "sellercentral.amazon.com.br",
  IE: "sellercentral.amazon.ie",
  ES: kEurope,
  UK: kEurope,
  FR: kEurope,
  BE: "sellercentral.amazon.com.be",
  NL: "sellercentral.amazon.nl",
  DE: kEurope,
  IT: kEurope,
  SE: "sellercentral.amazon.se",
  ZA: "sellercentral.amazon.co.za",
  PL: "sellercentral.amazon.pl",
  EG: "sellercentral.amazon.eg",
  TR: "sellercentral.amazon.com.tr",
  SA: "sellercentral.amazon.sa",
  AE: "sellercentral.amazon.ae",
  IN: "sellercentral.amazon.in",
  SG: "sellercentral.amazon.sg",
  AU: "sellercentral.amazon.com.au",
  JP: "sellercentral.amazon.co.jp",
};

/** Where Seller Central of a marketplace stands; null for a marketplace that is not known. */
export function sellerCentralOrigin(country: string): string | null {
  const host = sellerCentral[country];
  return host === undefined ? null : `https://${host}`;
}

/** Where Seller Central of a marketplace is; null for a marketplace that is not known. */
export function sellerCentralHost(country: string | undefined): string | null {
  return (country === undefined ? undefined : sellerCentral[country]) ?? null;
}

/** The order's page on Seller Central of its marketplace; null for a marketplace that is not known. */
export function sellerCentralOrder(country: string | undefined, amazonOrderId: string): string | null {
  const host = sellerCentralHost(country);
  return host === null ? null : `https://${host}/orders-v3/order/${encodeURIComponent(amazonOrderId)}`;
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
