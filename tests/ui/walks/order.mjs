// The life of an order, as its pages show it.
import assert from "node:assert/strict";

import { walk } from "../walk.mjs";
import { addProduct, Store, waitFor } from "../world.mjs";

/** Marks the page, so that a reload would be noticed: the mark would be gone. */
const markPage = (screen) => screen.page.evaluate(() => void (window.sameAsBefore = true));
const isSamePage = (screen) => screen.page.evaluate(() => window.sameAsBefore === true);

walk("an order is watched from Pending to Complete without a reload", async ({ open, mark }) => {
  const sku = `WATCHED-${mark}`;
  await addProduct(sku);
  const store = await Store.connect(`Watched ${mark}`);
  const order = await store.place(sku, { status: "PENDING" });
  await store.step();
  const screen = await open({ role: "operator", buyerData: true });
  await screen.goto(`/amazon-orders/${store.id}/${order}`);
  await screen.sees("status.Pending", {}, screen.main());
  await screen.sees("import_state.waiting", {}, screen.main());
  await markPage(screen);

  await store.setStatus(order, "UNSHIPPED");
  await store.step();
  await screen.sees("status.Unshipped", {}, screen.main());
  await screen.sees("import_state.imported", {}, screen.main());

  const { number } = await store.commerceOrder(order);
  await screen.role("link", "order.open_commerce", { number }).click();
  await screen.heading("commerce.title", { number }).waitFor();
  await screen.sees("commerce_status.Processing");
  await screen.press("ship.button");
  await screen
    .dialog()
    .getByRole("combobox", { name: screen.text("ship.carrier") })
    .fill("BRT");
  await screen.fill("ship.tracking", `WATCHED${mark}`, screen.dialog());
  await screen.press("ship.submit", {}, screen.dialog());
  await screen.sees("ship.done", { number });
  await screen.sees("commerce_status.Shipped");
  await waitFor("the confirmation", async () => (await store.confirmations(order)).length === 1);

  await store.step();
  await screen.sees("commerce_status.Complete");
  await screen.role("link", "amazon_box.open", { number: order }).click();
  await screen.sees("import_state.completed", {}, screen.main());
  assert.ok(await isSamePage(screen), "the page was loaded anew");
});

async function fillPackage(screen, number, tracking) {
  const fields = screen
    .dialog()
    .getByRole("group", { name: screen.text("ship.package", { number }), exact: true });
  await fields.getByRole("combobox", { name: screen.text("ship.carrier") }).fill("DHL");
  await screen.fill("ship.tracking", tracking, fields);
  return fields;
}

walk("an order is shipped in two packages and Amazon knows both", async ({ open, mark }) => {
  const sku = `PACKED-${mark}`;
  await addProduct(sku);
  const store = await Store.connect(`Packed ${mark}`);
  const lines = [{ sku, quantity: 3, unit_price: "12.30", tax: "8.12" }];
  const order = await store.place(sku, { lines });
  await store.step();
  const { id, number } = await store.commerceOrder(order);
  const screen = await open({ role: "operator", buyerData: true });
  await screen.goto(`/commerce-orders/${id}`);
  await screen.press("ship.button");
  const first = await fillPackage(screen, 1, `FIRST${mark}`);
  const units = screen.text("ship.units", { title: sku, open: 3 });
  await first.getByRole("textbox", { name: units }).fill("2");
  await screen.press("ship.add_package", {}, screen.dialog());
  const second = await fillPackage(screen, 2, `SECOND${mark}`);
  assert.equal(await second.getByRole("textbox", { name: units }).inputValue(), "1");
  await screen.press("ship.submit", {}, screen.dialog());
  await screen.sees("ship.done", { number });

  const told = await waitFor("both confirmations", async () => {
    const all = await store.confirmations(order);
    return all.length === 2 && all;
  });
  const packages = told.map(({ packageDetail }) => [
    packageDetail.trackingNumber,
    packageDetail.orderItems.map((item) => item.quantity),
  ]);
  assert.deepEqual(
    packages.sort(),
    [
      [`FIRST${mark}`, [2]],
      [`SECOND${mark}`, [1]],
    ].sort(),
  );

  await store.step();
  await screen.goto(`/amazon-orders/${store.id}/${order}?tab=commands`);
  const rows = screen.role("table", "commands.title").getByRole("row");
  const seen = rows.filter({ hasText: screen.text("command_state.verified") });
  await seen.nth(1).waitFor();
  await screen.role("tab", "order_tab.packages").click();
  await screen.page.getByText(`FIRST${mark}`, { exact: true }).waitFor();
  await screen.page.getByText(`SECOND${mark}`, { exact: true }).waitFor();
});

walk("import is switched off and on, and orders from between stay view-only", async ({ open, mark }) => {
  const sku = `SWITCHED-${mark}`;
  await addProduct(sku);
  const store = await Store.connect(`Switched ${mark}`);
  const screen = await open({ role: "administrator", buyerData: true });
  const toggle = async () => {
    await screen.goto(`/stores/${store.id}/settings`);
    await screen.toggle("settings.import_orders");
    await screen.press("settings.save");
    await screen.sees("settings.saved", { store: store.name });
  };
  await toggle();
  const between = await store.place(sku);
  await store.step();
  await screen.goto(`/amazon-orders/${store.id}/${between}`);
  await screen.sees("order.view_only_help");
  const link = screen.role("link", "order.open_seller_central");
  const page = `https://sellercentral-europe.amazon.com/orders-v3/order/${between}`;
  assert.equal(await link.getAttribute("href"), page);

  await toggle();
  const later = await store.place(sku);
  await store.step();
  await screen.goto(`/amazon-orders/${store.id}/${later}`);
  await screen.sees("import_state.imported", {}, screen.main());
  await screen.goto(`/amazon-orders?store=${store.id}`);
  const row = screen.page.getByRole("row").filter({ hasText: between });
  await screen.sees("import_state.view_only", {}, row);
  assert.equal(await row.getByRole("link", { name: between }).getAttribute("href"), page);
});

walk("an order is commented on, held, released, shipped and credited", async ({ open, mark }) => {
  const sku = `HELD-${mark}`;
  await addProduct(sku);
  const store = await Store.connect(`Held ${mark}`);
  const lines = [{ sku, quantity: 2, unit_price: "12.30", tax: "5.42" }];
  const order = await store.place(sku, { lines });
  await store.step();
  const { id, number } = await store.commerceOrder(order);
  const screen = await open({ role: "operator" });
  await screen.goto(`/commerce-orders/${id}`);
  await screen.fill("comments.new", `Fragile ${mark}`);
  await screen.press("comments.submit");
  await screen.sees("comments.done");
  await screen.seesText(`Fragile ${mark}`);

  await screen.press("commerce.hold");
  await screen.press("commerce.hold", {}, screen.dialog());
  await screen.sees("commerce.held", { number });
  await screen.sees("commerce_status.On_Hold");
  assert.equal(await screen.button("ship.button").count(), 0);
  await screen.press("commerce.unhold");
  await screen.press("commerce.unhold", {}, screen.dialog());
  await screen.sees("commerce.unheld", { number });

  await screen.press("ship.button");
  await fillPackage(screen, 1, `HELD${mark}`);
  await screen.press("ship.submit", {}, screen.dialog());
  await screen.sees("ship.done", { number });
  await screen.gone(screen.dialog());

  await screen.press("credit.button");
  const units = screen.text("credit.units", { title: sku, left: 2 });
  await screen.dialog().getByRole("textbox", { name: units }).fill("1");
  const amount = screen.field("credit.adjustment", { currency: "EUR" }, screen.dialog());
  // What the other language would read as another amount is not sent.
  await amount.fill(screen.language === "it" ? "1.5" : "1,5");
  await screen.press("credit.submit", {}, screen.dialog());
  await screen.sees("problem.amount_invalid", {}, screen.dialog());
  await amount.fill("");
  await screen.press("credit.submit", {}, screen.dialog());
  await screen.sees("credit.done", { number });
  const { credit_memos: memos, comments } = await store.commerceOrder(order);
  assert.deepEqual(
    memos.map((memo) => memo.lines),
    [[{ line: 1, quantity: 1 }]],
  );
  assert.ok(comments.some((comment) => comment.text === `Fragile ${mark}`));

  // The carrier of the last shipment is there at the next one.
  const other = await store.place(sku);
  await store.step();
  await screen.goto(`/commerce-orders/${(await store.commerceOrder(other)).id}`);
  await screen.press("ship.button");
  const carrier = screen.dialog().getByRole("combobox", { name: screen.text("ship.carrier") });
  assert.equal(await carrier.inputValue(), "DHL");
});
