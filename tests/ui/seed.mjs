// A Fairway in the middle of a merchant's week: two stores with orders in every state, something blocked,
// something refused, something nobody could read. The same each time, but for the day it begins on.
import { addProduct, advance, clock, fairway, newPerson, sandbox, Store, waitFor } from "./world.mjs";

const kHour = 3_600;
/** A Monday morning that no clock has passed yet. */
const kBegins = Date.parse("2030-03-04T07:00:00Z");
/** Of the seller's catalogue. */
const kMissing = "FORMINE-NATALE";
const kDisabled = "CANOVACCI-5";
const kEmpty = "GREMBIULE-LINO";

async function makeCatalogue(seller) {
  for (const { sku, title } of seller.skus) {
    if (sku === kMissing) continue;
    const more = { [kDisabled]: { enabled: false }, [kEmpty]: { quantity: 0 } }[sku];
    await addProduct(sku, { name: title, quantity: 120, ...more });
  }
}

const goods = (sku, unit_price, more = {}) => ({ sku, unit_price, quantity: 1, ...more });

/** Monday: orders of every kind arrive on both stores. */
async function monday(italy, germany) {
  const [moka, board, cups] = ["MOKA-3T", "TAGLIERE-OLIVO", "TAZZINE-SET6"];
  const orders = {};
  orders.shipped = await italy.place(moka, {
    lines: [goods(moka, "19.59", { quantity: 2, tax: "8.62" }), goods(cups, "23.77", { tax: "5.23" })],
  });
  orders.complete = await italy.place(board, { lines: [goods(board, "28.69", { tax: "6.31" })] });
  const two = [goods(cups, "23.77", { quantity: 2, tax: "10.46" }), goods(board, "28.69", { tax: "6.31" })];
  orders.several_lines = await italy.place(cups, { lines: two });
  for (const flavour of ["gift", "discount", "business", "part_shipped", "shipped_elsewhere", "prime"])
    orders[flavour] = await italy.place(cups, { lines: two, flavour });
  orders.german = await germany.place(moka, { lines: [goods(moka, "21.00", { quantity: 3, tax: "11.97" })] });
  await italy.step(2 * kHour);
  await germany.step();
  return orders;
}

const shipments = (packages) => ({ packages });
const pack = (carrier, tracking, items) => ({ carrier, tracking, ...(items && { items }) });

/** Monday afternoon: people work the orders. */
async function work(italy, orders) {
  const commerce = Object.fromEntries(
    await Promise.all(
      ["shipped", "complete", "gift", "discount", "several_lines"].map(async (name) => [
        name,
        (await italy.commerceOrder(orders[name])).id,
      ]),
    ),
  );
  const post = (name, what, body) => fairway("POST", `/commerce-orders/${commerce[name]}/${what}`, body);
  await post("complete", "shipments", shipments([pack("BRT", "BRT0300000001")]));
  await italy.step();
  await italy.step(kHour);
  await post("complete", "credit-memos", { lines: [{ line: 1, quantity: 1 }], return_to_stock: true });
  await post("shipped", "shipments", {
    packages: [
      pack("DHL", "JD0146000000001", [{ line: 1, quantity: 2 }]),
      pack("Poste Italiane", "1UW0000000001", [{ line: 2, quantity: 1 }]),
    ],
  });
  await post("gift", "comments", { text: "Gift wrap is in the drawer beside the scale." });
  await post("gift", "hold");
  // Amazon has cancelled it, and nobody here knows yet: now it is shipped all the same.
  await italy.setStatus(orders.discount, "CANCELLED");
  await post("discount", "shipments", shipments([pack("GLS", "GLS0000000002")]));
  await waitFor("what is sent", async () => (await italy.confirmations(orders.shipped)).length === 2);
  await sandbox("POST", "/faults", { kind: "400", operation: "confirmShipment", rate: 1 });
  await post("several_lines", "shipments", shipments([pack("GLS", "GLS0000000001")]));
  await waitFor(
    "the refusal",
    async () => (await fairway("GET", "/commands?state=rejected&called_off=false")).items.length > 0,
  );
  await sandbox("DELETE", "/faults");
  await italy.step();
  return commerce;
}

/** Wednesday: what is late, what is blocked, what has just arrived. */
async function wednesday(italy, germany, orders) {
  await advance(40 * kHour);
  for (const sku of [kMissing, kMissing, kDisabled, kEmpty])
    orders[sku] = await italy.place(sku, { lines: [goods(sku, "12.30", { tax: "2.70" })] });
  orders.cancelRequest = await italy.place("PADELLA-28", {
    lines: [goods("PADELLA-28", "32.70", { tax: "7.19" })],
  });
  const chopping = { lines: [goods("TAGLIERE-OLIVO", "28.69", { tax: "6.31" })] };
  const recipient = { name: "Reception", line1: "Via Roma 1", country: "IT" };
  orders.nowhere = await italy.place("TAGLIERE-OLIVO", { ...chopping, recipient });
  orders.unsound = await italy.place("TAGLIERE-OLIVO", { ...chopping, stated_total: "36.00" });
  orders.amazon = await italy.place("MACINAPEPE", { fulfilled_by: "AMAZON" });
  orders.pending = await italy.place("OLIERA-VETRO", { status: "PENDING" });
  orders.toShip = await italy.place("OLIERA-VETRO", {
    lines: [
      goods("OLIERA-VETRO", "13.10", { quantity: 3, tax: "8.65" }),
      goods("MACINAPEPE", "18.44", { tax: "4.06" }),
    ],
  });
  await italy.step();
  await sandbox("POST", `/orders/${orders.cancelRequest}/cancel-request`, {
    line: 1,
    reason: "Ordered by mistake",
  });
  await fairway("PATCH", `/stores/${germany.id}/settings`, { import_orders: false });
  await advance(60);
  orders.viewOnly = await germany.place("MOKA-6T", { lines: [goods("MOKA-6T", "26.99", { tax: "5.13" })] });
  await germany.step();
  await italy.step();
}

/** Every second row or so cannot be read. Nothing may move after it, or Amazon shows them as they are. */
async function spoil(italy) {
  await sandbox("POST", "/faults", { kind: "undecodable_rows", operation: "searchOrders", rate: 1 });
  for (let i = 0; i < 6; ++i) await italy.place("MOKA-3T");
  await italy.step(150);
  await sandbox("DELETE", "/faults");
}

/** A store that is not in use any more. */
async function retire({ account, seller }) {
  const france = await Store.add("Amazon.fr", { account, seller, marketplace: "FR" });
  await fairway("POST", `/stores/${france.id}/deactivate`);
}

/** A call that Amazon's gateway did not let through. */
async function fail(italy) {
  await sandbox("POST", "/faults", { kind: "503", operation: "searchOrders", rate: 1, count: 1 });
  await advance(600);
  await fairway("POST", "/sync-runs", { store: italy.id });
  await italy.step(600);
  await sandbox("DELETE", "/faults");
}

export async function fillWorld() {
  const wait = (kBegins - (await clock()).getTime()) / 1_000;
  if (wait > 0) await advance(Math.floor(wait));
  const italy = await Store.connect("Amazon.it", { account: "Main" });
  const { account, seller } = italy;
  const germany = await Store.add("Amazon.de", { account, seller, marketplace: "DE" });
  await makeCatalogue(seller);
  const orders = await monday(italy, germany);
  const commerce = await work(italy, orders);
  await wednesday(italy, germany, orders);
  await retire(italy);
  await fail(italy);
  await spoil(italy);
  commerce.toShip = (await italy.commerceOrder(orders.toShip)).id;
  await newPerson({ role: "operator", buyerData: true, name: "warehouse" });
  await newPerson({ role: "viewer", name: "books" });
  const invited = await fairway("POST", "/users", { name: "invited", role: "viewer", buyer_data: false });
  const expires_at = "2030-12-31T22:59:59.999Z";
  await fairway("POST", "/tokens", { name: "warehouse", role: "operator", buyer_data: false, expires_at });
  return {
    italy,
    germany,
    orders,
    commerce,
    kMissing,
    invitation: invited.link.slice(invited.link.indexOf("#")),
  };
}
