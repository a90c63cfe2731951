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
  const amount = screen.language === "it" ? "100,00" : "100.00";
  await screen.fill("filter.total_min", amount);
  await screen.pickSeveral("filter.status", ["status.Unshipped", "status.Shipped"]);
  await screen.press("filter.apply");
  await shows(screen, [orders.dear, orders.blocked]);
  const wanted = { store: store.id, status: "Unshipped,Shipped", total_min: "100.00" };
  assert.deepEqual(searchOf(screen), wanted);

  await screen.page.reload();
  await shows(screen, [orders.dear, orders.blocked]);
  const chip = screen.text("filter.chip", { name: screen.text("filter.total_min"), value: amount });
  await screen.page.getByRole("row", { name: chip }).getByRole("button").click();
  await shows(screen, [orders.cheap, orders.dear, orders.blocked]);
  await screen.press("filter.clear");
  await screen.page.waitForURL((url) => url.search === "");
});

/** What a figure of the dashboard says, and the link behind it. */
async function figureOf(screen, name) {
  const figures = screen.page.locator(`dl[aria-label="${screen.text("dashboard.counts")}"] > div`);
  const link = screen.role("link", `dashboard.${name}`);
  const figure = figures.filter({ has: link });
  await figure.waitFor();
  return { count: Number(await figure.locator("dd").innerText()), link: figure.getByRole("link") };
}

walk("a figure leads to as many orders as it says", async ({ open, mark }) => {
  const { store, orders } = await placeSome(`FIGURE-${mark}`);
  const wanted = {
    to_ship: [orders.cheap, orders.dear],
    blocked: [orders.blocked],
    waiting: [orders.pending],
    orders: Object.values(orders),
  };
  const screen = await open({ role: "operator" });
  for (const [name, listed] of Object.entries(wanted)) {
    await screen.goto(`/stores/${store.id}`);
    const { count, link } = await figureOf(screen, name);
    assert.equal(count, listed.length, name);
    await link.click();
    await shows(screen, listed);
  }
  await screen.goto("/stores");
  const card = screen.page.getByRole("article", { name: store.name });
  await screen.role("link", "stores.to_ship", { count: 2 }, card).click();
  await shows(screen, wanted.to_ship);
  await screen.goto("/stores");
  await screen.role("link", "stores.blocked", { count: 1 }, card).click();
  await screen.page.getByRole("rowheader", { name: orders.blocked }).waitFor();
  assert.equal(new URL(screen.page.url()).searchParams.get("store"), store.id);
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

  // The same name once more: it is asked first, and what cannot be kept is said where the name still stands.
  await screen.press("grid.views");
  await screen.role("menuitem", "grid.save_view").click();
  await screen.fill("grid.view_name", `View ${mark}`, screen.dialog());
  await screen.press("action.save", {}, screen.dialog());
  await screen.heading("grid.view_exists", {}, screen.dialog()).waitFor();
  const refusal = { status: 422, json: { code: "preferences_too_long", detail: "", field: null } };
  await screen.page.route("**/api/v1/preferences", (route) => route.fulfill(refusal));
  await screen.press("grid.replace_view", {}, screen.dialog());
  await screen.sees("problem.preferences_too_long", {}, screen.dialog());
  assert.equal(await screen.field("grid.view_name", {}, screen.dialog()).inputValue(), `View ${mark}`);
  await screen.page.unroute("**/api/v1/preferences");
  await screen.press("grid.replace_view", {}, screen.dialog());
  await screen.gone(screen.dialog());
});

walk("a view keeps no buyer's name", async ({ open, mark }) => {
  const { store, orders } = await placeSome(`NAMED-${mark}`);
  const { name } = (await store.order(orders.dear)).recipient;
  const screen = await open({ role: "operator", buyerData: true });
  await screen.goto(`/amazon-orders?store=${store.id}&buyer=${encodeURIComponent(name)}`);
  await screen.role("grid", "nav.amazon_orders").getByRole("rowheader", { name: orders.dear }).waitFor();
  await screen.press("grid.views");
  await screen.role("menuitem", "grid.save_view").click();
  await screen.sees("grid.view_help_no_buyer", {}, screen.dialog());
  await screen.fill("grid.view_name", `Named ${mark}`, screen.dialog());
  await screen.press("action.save", {}, screen.dialog());
  await screen.gone(screen.dialog());
  await screen.press("grid.views");
  await screen.page.getByRole("menuitem", { name: `Named ${mark}`, exact: true }).click();
  await shows(screen, Object.values(orders));
  assert.deepEqual(searchOf(screen), { store: store.id });
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
