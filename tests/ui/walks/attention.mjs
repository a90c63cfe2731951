// Every block is mended where Attention shows it.
import assert from "node:assert/strict";

import { walk } from "../walk.mjs";
import { addProduct, fairway, sandbox, Store, waitFor } from "../world.mjs";

/** Whom the order goes to, but not where. */
const nowhere = { name: "Reception", line1: "Via Roma 1", country: "IT" };
/** Amazon states another total than the sum of its parts, 23.90. */
const unsound = { stated_total: "25.00" };

/** A block of its own store: how it comes about, what it is called, and how a person mends it. */
const blocks = {
  "product_missing: a product is created": {
    heading: "attention.product_missing",
    async mend(screen, group, sku) {
      await screen.press("fix.create", {}, group);
      await screen.press("listings.create_and_match", {}, screen.dialog());
      await screen.sees("listings.matched_done", { seller: sku, sku });
    },
  },
  "product_missing: another product is matched": {
    heading: "attention.product_missing",
    prepare: (sku) => addProduct(`${sku}-OTHER`),
    async mend(screen, group, sku) {
      await screen.press("fix.match", {}, group);
      await screen.fill("products.sku", `${sku}-NONE`, screen.dialog());
      await screen.press("listings.match", {}, screen.dialog());
      await screen.sees("problem.product_missing");
      await screen.fill("products.sku", `${sku}-OTHER`, screen.dialog());
      await screen.press("listings.match", {}, screen.dialog());
      await screen.sees("listings.matched_done", { seller: sku, sku: `${sku}-OTHER` });
    },
  },
  "product_disabled: it is enabled": {
    heading: "attention.product_disabled",
    prepare: (sku) => addProduct(sku, { enabled: false }),
    async mend(screen, group, sku) {
      await screen.press("fix.enable", { sku }, group);
      await screen.sees("fix.enabled", { sku });
    },
  },
  "out_of_stock: stock is set": {
    heading: "attention.out_of_stock",
    prepare: (sku) => addProduct(sku, { quantity: 0 }),
    async mend(screen, group, sku) {
      await screen.fill("products.on_hand", "5", group);
      await screen.press("products.set_stock_of", { sku }, group);
      await screen.sees("products.stock_set", { sku, quantity: 5 });
    },
  },
  "address_invalid: the address is repaired": {
    heading: "attention.address_invalid",
    prepare: addProduct,
    order: { recipient: nowhere },
    async mend(screen, row, sku, number) {
      await screen.press("fix.address_of", { number }, row);
      await screen.fill("address.city", "Torino", screen.dialog());
      await screen.press("address.save", {}, screen.dialog());
      await screen.sees("address.done", { number });
    },
  },
  "money_mismatch: the order is imported with Amazon's parts": {
    heading: "attention.money_mismatch",
    prepare: addProduct,
    order: unsound,
    async mend(screen, row, sku, number) {
      await screen.press("fix.money_of", { number }, row);
      await screen.press("fix.import_anyway", {}, screen.dialog());
      await screen.sees("fix.imported", { number });
    },
  },
};

/** Causes that lie in orders are one group over all stores: there the row is the order's. */
const groupOf = (screen, block, { sku, store, order }) =>
  block.order === undefined
    ? screen.role("region", block.heading, { sku, store: store.name, count: 1 })
    : screen.page.getByRole("row").filter({ hasText: order });

for (const [index, [name, block]] of Object.entries(blocks).entries())
  walk(`block ${name}`, async ({ open, mark }) => {
    const sku = `BLOCKED-${index}-${mark}`;
    await block.prepare?.(sku);
    const store = await Store.connect(`Blocked ${index} ${mark}`);
    const order = await store.place(sku, block.order);
    await store.step();
    const screen = await open({ role: "operator" });
    await screen.goto("/attention");
    const message = screen
      .role("region", "messages.label")
      .getByRole("link", { name: store.name, exact: true });
    await message.waitFor();
    const group = groupOf(screen, block, { sku, store, order });
    await group.getByText(order).waitFor();
    await block.mend(screen, group, sku, order);
    await store.step();
    await screen.gone(group);
    await screen.gone(message);
    assert.equal((await store.order(order)).import_state, "imported");
  });

/** More than the rows that are there before somebody scrolls: two pages of 100. */
const kMany = 220;

walk("all orders that a filter finds are checked again by the service", async ({ open, mark }) => {
  const sku = `ALL-${mark}`;
  const store = await Store.connect(`All ${mark}`);
  for (let placed = 0; placed < kMany; placed += 20)
    await Promise.all(Array.from({ length: 20 }, () => store.place(sku)));
  await store.step();
  const screen = await open({ role: "operator" });
  await screen.goto(`/amazon-orders?store=${store.id}&import_state=blocked`);
  await screen.sees("grid.count", { count: kMany });
  const boxes = screen.role("grid", "nav.amazon_orders").getByRole("checkbox");
  // The count may be there before the rows; the first box is that of all of them.
  await boxes.nth(1).waitFor();
  await boxes.first().press("Space");
  await screen.press("bulk.select_all", { count: kMany });
  await screen.press("bulk.retry");
  // As if it went on for a while: what was begun is still watched after a reload.
  const end = await screen.changing("**/api/v1/system", (system) => ({ ...system, dirty_orders: 7 }));
  await screen.press("bulk.retry", {}, screen.dialog());
  await screen.sees("bulk.marked", { count: kMany });
  await screen.sees("work.of", { done: kMany - 7, all: kMany });
  await addProduct(sku, { quantity: kMany - 1 });
  await screen.page.reload();
  await screen.sees("work.of", { done: kMany - 7, all: kMany });
  await end();
  await screen.sees("work.replan_done", { count: kMany, blocked: 1 });
  const { items } = await fairway("GET", `/amazon-orders?store=${store.id}&import_state=blocked`);
  assert.equal(items.length, 1);
});

walk("what waits is shown for one store, or for all", async ({ open, mark }) => {
  const stores = [];
  for (const which of ["One", "Two"]) {
    const store = await Store.connect(`${which} of ${mark}`);
    const order = await store.place(`WAITS-${which}-${mark}`);
    await store.step();
    stores.push({ store, order });
  }
  const [first, second] = stores;
  const screen = await open({ role: "operator" });
  await screen.goto(`/attention?store=${first.store.id}`);
  await screen.page.getByRole("rowheader", { name: first.order }).waitFor();
  assert.equal(await screen.page.getByText(second.order).count(), 0);
  await screen.pick("filter.store", second.store.name);
  await screen.page.getByRole("rowheader", { name: second.order }).waitFor();
  assert.equal(new URL(screen.page.url()).searchParams.get("store"), second.store.id);
  await screen.pick("filter.store", screen.text("filter.any"));
  for (const { order } of stores) await screen.page.getByRole("rowheader", { name: order }).waitFor();
});

/** Ships all of an order, and waits until that has come to nothing. */
async function shipInVain(store, order, tracking) {
  const { id } = await store.commerceOrder(order);
  const packages = [{ carrier: "DHL", tracking }];
  await fairway("POST", `/commerce-orders/${id}/shipments`, { packages });
  await waitFor("a request that is rejected", async () => {
    const { items } = await fairway("GET", `/commands?amazon_order_id=${order}&state=rejected`);
    return items.length === 1;
  });
}

/** The sandbox refuses for everybody who asks. */
walk(
  "what Amazon refused waits for a person, and what was cancelled there does not",
  async ({ open, mark }) => {
    const sku = `REFUSED-${mark}`;
    await addProduct(sku);
    const store = await Store.connect(`Refused ${mark}`);
    const refused = await store.place(sku);
    const cancelled = await store.place(sku);
    await store.step();
    await sandbox("POST", "/faults", { kind: "400", operation: "confirmShipment", rate: 1 });
    await shipInVain(store, refused, `REFUSED${mark}`);
    await sandbox("DELETE", "/faults");
    await store.setStatus(cancelled, "CANCELLED");
    await shipInVain(store, cancelled, `CANCELLED${mark}`);

    const screen = await open({ role: "operator" });
    const rows = screen.role("table", "attention.tab_commands").getByRole("rowheader");
    const link = (key, values, within) => screen.role("link", key, values, within);
    const card = screen.page.getByRole("article", { name: store.name });
    for (const [path, lead] of [
      ["/stores", () => link("stores.rejected", { count: 1 }, card)],
      [`/stores/${store.id}`, () => link("dashboard.commands_rejected")],
    ]) {
      await screen.goto(path);
      await lead().click();
      await rows.first().waitFor();
      assert.deepEqual(await rows.allInnerTexts(), [refused]);
    }
    await screen.goto(`/amazon-orders/${store.id}/${cancelled}?tab=commands`);
    await screen.sees("command_reason.order_cancelled");
    assert.equal(await screen.button("replay.of", { order: cancelled }).count(), 0);
  },
  { isAlone: true },
);

walk("blocked orders are tried again together", async ({ open, mark }) => {
  const sku = `RETRIED-${mark}`;
  await addProduct(sku, { quantity: 1 });
  const store = await Store.connect(`Retried ${mark}`);
  const lines = [{ sku, quantity: 2, unit_price: "10.00", tax: "4.40" }];
  for (let i = 0; i < 3; ++i) await store.place(sku, { lines });
  await store.step();
  const screen = await open({ role: "operator" });
  await screen.goto(`/amazon-orders?store=${store.id}&import_state=blocked`);
  const grid = screen.role("grid", "nav.amazon_orders");
  await grid.getByRole("row").nth(3).waitFor();
  await grid.getByRole("checkbox").nth(1).waitFor();
  await grid.getByRole("checkbox").first().press("Space");
  const retry = async (result) => {
    await screen.press("bulk.retry");
    await screen.sees("bulk.result", result, screen.dialog());
    await screen.press("action.close", {}, screen.dialog());
    await screen.gone(screen.dialog());
  };
  await retry({ done: 3, blocked: 3, failed: 0 });
  await fairway("PUT", `/stock/${sku}`, { quantity: 4 });
  await retry({ done: 3, blocked: 1, failed: 0 });
  const { items } = await fairway("GET", `/amazon-orders?store=${store.id}&import_state=imported`);
  assert.equal(items.length, 2);
});
