// The grid of all Amazon orders: filters that live in the address, chips, views.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";

import { walk } from "../walk.mjs";
import { addProduct, Store } from "../world.mjs";

/** Orders of one store that differ in what is filtered by; their numbers by what they are. */
async function placeSome(mark) {
  const sku = `SEEN-${mark}`;
  await addProduct(sku);
  const store = await Store.connect(`Seen ${mark}`);
  const worth = (unit_price) => ({ lines: [{ sku, quantity: 1, unit_price }] });
  const orders = {
    cheap: await store.place(sku, worth("9.99")),
    dear: await store.place(sku, worth("120.50")),
    pending: await store.place(sku, { ...worth("130.00"), status: "PENDING" }),
    blocked: await store.place(`NONE-${mark}`, { lines: [{ sku: `NONE-${mark}`, unit_price: "150.00" }] }),
  };
  await store.step();
  return { store, orders };
}

/** Waits until the grid holds these orders and no other. */
async function shows(screen, orders) {
  const grid = screen.role("grid", "nav.amazon_orders");
  for (const order of orders) await grid.getByRole("rowheader", { name: order }).waitFor();
  // Rows of the list before stay until the server has answered.
  await grid.getByRole("rowheader").nth(orders.length).waitFor({ state: "detached" });
}

/** The filters of the address; what looks like a number stands there in quotes. */
const searchOf = (screen) =>
  Object.fromEntries(
    [...new URL(screen.page.url()).searchParams].map(([name, value]) => [name, value.replaceAll('"', "")]),
  );

walk("orders are filtered, and the address and the chips say by what", async ({ open, mark }) => {
  const { store, orders } = await placeSome(mark);
  const screen = await open({ role: "operator", buyerData: true });
  await screen.goto("/amazon-orders");
  await screen.press("filter.show");
  await screen.pick("filter.store", store.name);
  await screen.fill("filter.total_min", screen.language === "it" ? "100,00" : "100.00");
  await screen.pickSeveral("filter.status", ["status.Unshipped", "status.Shipped"]);
  await screen.press("filter.apply");
  await shows(screen, [orders.dear, orders.blocked]);
  const wanted = { store: store.id, status: "Unshipped,Shipped", total_min: "100.00" };
  assert.deepEqual(searchOf(screen), wanted);

  await screen.page.reload();
  await shows(screen, [orders.dear, orders.blocked]);
  const chip = screen.text("filter.chip", { name: screen.text("filter.total_min"), value: "100.00" });
  await screen.page.getByRole("row", { name: chip }).getByRole("button").click();
  await shows(screen, [orders.cheap, orders.dear, orders.blocked]);
  await screen.press("filter.clear");
  await screen.page.waitForURL((url) => url.search === "");
});

walk("a view is saved and opened again", async ({ open, mark }) => {
  const { store, orders } = await placeSome(`VIEW-${mark}`);
  const screen = await open({ role: "operator", buyerData: true });
  await screen.goto(`/amazon-orders?store=${store.id}&import_state=blocked`);
  await shows(screen, [orders.blocked]);
  await screen.press("grid.columns");
  await screen.role("menuitemcheckbox", "column.ship_by").click();
  await screen.page.keyboard.press("Escape");
  await screen.press("grid.views");
  await screen.role("menuitem", "grid.save_view").click();
  await screen.fill("grid.view_name", `View ${mark}`, screen.dialog());
  await screen.press("action.save", {}, screen.dialog());
  await screen.gone(screen.dialog());

  await screen.goto("/stores");
  await screen.goto("/amazon-orders");
  await screen.press("grid.views");
  await screen.page.getByRole("menuitem", { name: `View ${mark}`, exact: true }).click();
  await shows(screen, [orders.blocked]);
  assert.deepEqual(searchOf(screen), { store: store.id, import_state: "blocked" });
  assert.equal(await screen.role("columnheader", "column.ship_by").count(), 0);
});

walk("what is filtered is exported as a file", async ({ open, mark }) => {
  const { store, orders } = await placeSome(`FILE-${mark}`);
  const screen = await open({ role: "operator" });
  await screen.goto(`/amazon-orders?store=${store.id}&status=Unshipped`);
  await shows(screen, [orders.cheap, orders.dear, orders.blocked]);
  const [download] = await Promise.all([
    screen.page.waitForEvent("download"),
    screen.role("link", "export.button").click(),
  ]);
  assert.match(download.suggestedFilename(), /^amazon-orders-[\d-]+\.csv$/);
  const [head, ...rows] = (await readFile(await download.path(), "utf8")).trimEnd().split("\r\n");
  const column = head.replace("\uFEFF", "").split(",").indexOf("amazon_order_id");
  const numbers = rows.map((row) => row.split(",")[column].replaceAll('"', ""));
  assert.deepEqual(numbers.sort(), [orders.cheap, orders.dear, orders.blocked].sort());
});
