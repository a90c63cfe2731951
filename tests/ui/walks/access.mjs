// Who may do what: signing in, being locked out, roles, buyer data, sessions, and the keyboard alone.
import assert from "node:assert/strict";

import { walk } from "../walk.mjs";
import { addProduct, fairway, newPerson, Store, waitFor } from "../world.mjs";

const kAttempts = 10;

async function importedOrder(what, mark) {
  const sku = `${what.toUpperCase()}-${mark}`;
  await addProduct(sku);
  const store = await Store.connect(`${what} ${mark}`);
  const order = await store.place(sku);
  await store.step();
  return { store, order, commerce: await store.commerceOrder(order) };
}

walk("ten wrong passwords lock a name until an administrator unlocks it", async ({ open, openScreen }) => {
  const person = await newPerson({ role: "operator" });
  const screen = await openScreen();
  await screen.goto("/sign-in");
  for (let attempt = 1; attempt <= kAttempts; ++attempt) {
    // The page asks again where Fairway was looking at the other walk's password.
    const answer = screen.page.waitForResponse((response) => response.status() === 401);
    await screen.signIn({ ...person, password: `wrong ${attempt}` });
    await answer;
  }
  await screen.signIn(person);
  const [before] = screen.text("sign_in.locked", { until: "|" }).split("|");
  await screen.page.getByText(before).waitFor();

  const other = await open({ role: "administrator" });
  await other.goto("/users");
  await other.press("users.actions_of", { name: person.name });
  await other.role("menuitem", "users.unlock").click();
  await other.sees("users.unlocked", { name: person.name });
  await screen.signIn(person);
  await screen.heading("nav.stores").waitFor();
});

/** What the screen asks of Fairway, asked behind its back with everything that the screen has. */
const post = (screen, path, body) =>
  screen.page.evaluate(
    async ([path, body]) => {
      const { csrf_token } = await (await fetch("/api/v1/session")).json();
      const headers = { "Content-Type": "application/json", "X-CSRF-Token": csrf_token };
      return (await fetch(`/api/v1${path}`, { method: "POST", headers, body: JSON.stringify(body) })).status;
    },
    [path, body],
  );

walk("a viewer is offered nothing and refused what they ask for", async ({ open, mark }) => {
  const { store, order, commerce } = await importedOrder("Viewed", mark);
  const screen = await open({ role: "viewer", buyerData: true });
  await screen.goto(`/commerce-orders/${commerce.id}`);
  await screen.heading("commerce.title", { number: commerce.number }).waitFor();
  await screen.heading("lines.title").waitFor();
  const actions = ["ship.button", "commerce.invoice", "commerce.hold", "commerce.cancel", "credit.button"];
  for (const key of [...actions, "comments.submit"]) assert.equal(await screen.button(key).count(), 0, key);
  const packages = [{ carrier: "DHL", tracking: "VIEWED" }];
  assert.equal(await post(screen, `/commerce-orders/${commerce.id}/shipments`, { packages }), 403);
  assert.equal((await store.confirmations(order)).length, 0);

  await screen.goto(`/amazon-orders?store=${store.id}`);
  await screen.page.getByRole("rowheader", { name: order }).waitFor();
  assert.equal(await screen.page.getByRole("checkbox").count(), 0);
  await screen.goto("/stores");
  await screen.page.getByRole("article", { name: store.name }).waitFor();
  assert.equal(await screen.button("stores.actions_of", { store: store.name }).count(), 0);
  for (const key of ["stores.add", "nav.users"])
    assert.equal(await screen.role("link", key, { store: store.name }).count(), 0, key);
  for (const path of ["/users", "/stores/new"]) {
    await screen.goto(path);
    await screen.heading("state.forbidden").waitFor();
  }
  await seesLockedSettings(screen, store);
});

/** The settings are there to be read: nothing of them can be changed. */
async function seesLockedSettings(screen, store) {
  await screen.goto(`/stores/${store.id}/settings`);
  await screen.sees("settings.locked");
  assert.ok(await screen.role("switch", "settings.import_orders").isDisabled());
  assert.ok(await screen.field("settings.sync_interval_s").isDisabled());
  for (const key of ["settings.save", "settings.carrier_add"])
    assert.equal(await screen.button(key).count(), 0, key);
}

walk("an operator works orders, and is refused what an administrator does", async ({ open, mark }) => {
  const { store } = await importedOrder("Operated", mark);
  const screen = await open({ role: "operator" });
  await screen.goto("/stores");
  await screen.page.getByRole("article", { name: store.name }).waitFor();
  for (const key of ["stores.add", "nav.users"]) assert.equal(await screen.role("link", key).count(), 0, key);
  assert.equal(await screen.button("stores.actions_of", { store: store.name }).count(), 0);
  await seesLockedSettings(screen, store);
  await screen.goto("/system");
  await screen.heading("system.read_only").waitFor();
  assert.equal(await screen.button("system.read_only_begin").count(), 0);
  await screen.button("dashboard.sync_now").waitFor();
  for (const path of ["/users", "/stores/new"]) {
    await screen.goto(path);
    await screen.heading("state.forbidden").waitFor();
  }
  const refused = [
    [`/stores/${store.id}/deactivate`, undefined],
    ["/system/read-only", { read_only: true }],
    ["/users", { name: `nobody-${mark}`, role: "administrator", buyer_data: true }],
    ["/tokens", { name: `nothing-${mark}`, role: "administrator", buyer_data: true }],
  ];
  for (const [path, body] of refused) assert.equal(await post(screen, path, body), 403, path);
});

walk("without the right to buyer data no name is shown", async ({ open, mark }) => {
  const { store, order, commerce } = await importedOrder("Hidden", mark);
  const { name } = (await store.order(order)).recipient;
  const paths = [
    `/amazon-orders/${store.id}/${order}`,
    `/commerce-orders/${commerce.id}`,
    `/stores/${store.id}`,
  ];
  const seen = await open({ role: "operator", buyerData: true });
  for (const path of paths.slice(0, 2)) {
    await seen.goto(path);
    await seen.press("reveal.button");
    await seen.seesText(name);
  }
  const screen = await open({ role: "operator" });
  for (const path of paths) {
    await screen.goto(path);
    await screen.page.getByText(order).first().waitFor();
    if (path !== paths[2]) await screen.sees("recipient.granted");
    assert.equal(await screen.button("reveal.button").count(), 0);
    assert.ok(!(await screen.page.content()).includes(name), `${path} shows the recipient`);
  }
});

walk("a session that was ended elsewhere leads to signing in and back", async ({ openScreen }) => {
  const person = await newPerson({ role: "operator" });
  const first = await openScreen(person);
  await first.goto("/products");
  await first.heading("nav.products").waitFor();

  const second = await openScreen();
  await second.goto("/me");
  await second.signIn(person);
  await second.heading("user.me").waitFor();
  const rows = second.role("table", "me.sessions").getByRole("row");
  await rows.getByRole("button").click();
  await second.press("me.end", {}, second.dialog());
  await second.sees("me.ended");

  // The page learns of it from what it asks next, or from its stream of events if that is sooner.
  const next = first.role("link", "nav.listings").click();
  await Promise.race([next, first.button("sign_in.button").waitFor()]);
  await first.signIn(person);
  await first.page.waitForURL((url) => ["/products", "/listings"].includes(url.pathname));
  await first
    .heading("user.me")
    .or(first.page.getByRole("main").getByRole("heading", { level: 1 }))
    .waitFor();
  await next.catch(() => {});
});

/** Shows or hides a column of the grid, which is kept; what Fairway answered to that. */
async function toggleColumn(screen) {
  const answer = screen.page.waitForResponse((response) => response.request().method() === "PUT");
  await screen.press("grid.columns");
  await screen.role("menuitemcheckbox", "column.ship_by").click();
  await screen.page.keyboard.press("Escape");
  return (await answer).status();
}

walk("another password ends every other sign-in, and goes on here", async ({ openScreen }) => {
  const person = await newPerson({ role: "operator" });
  const elsewhere = await openScreen(person);
  await elsewhere.goto("/products");
  await elsewhere.heading("nav.products").waitFor();
  const screen = await openScreen();
  await screen.goto("/me");
  await screen.signIn(person);
  await screen.heading("user.me").waitFor();
  const beside = await screen.openWindow();
  await beside.goto("/amazon-orders");
  await beside.button("grid.columns").waitFor();

  const next = { ...person, password: `another ${person.password}` };
  await screen.fill("me.password_current", person.password);
  await screen.fill("password.new", next.password);
  await screen.fill("password.again", next.password);
  await screen.press("me.password_change");
  await screen.sees("me.password_changed");
  // Without a reload: the page has the token of the new session.
  await screen.role("link", "nav.amazon_orders").click();
  assert.equal(await toggleColumn(screen), 200);
  // The other window learns of it with its first try.
  assert.equal(await toggleColumn(beside), 403);
  await beside.sees("problem.csrf_token_wrong");
  assert.equal(await toggleColumn(beside), 200);

  await elsewhere.page.reload();
  await elsewhere.signIn(person);
  await elsewhere.sees("problem.sign_in_refused");
  await elsewhere.signIn(next);
  await elsewhere.heading("nav.products").waitFor();
});

walk("a token has a last day, and ends with who created it", async ({ open, mark }) => {
  const maker = `maker-${mark.toLowerCase()}`;
  const name = `till-${mark}`;
  const screen = await open({ role: "administrator", name: maker });
  await screen.goto("/users?tab=tokens");
  await screen.press("tokens.add");
  await screen.fill("tokens.name", name, screen.dialog());
  const parts = screen.dialog().getByRole("spinbutton");
  await parts.first().focus();
  await screen.page.keyboard.type("31122020");
  await screen.press("tokens.create", {}, screen.dialog());
  await screen.sees("problem.expiry_past", {}, screen.dialog());
  await parts.last().focus();
  await screen.page.keyboard.type("2099");
  await screen.press("tokens.create", {}, screen.dialog());
  await screen.sees("tokens.created", { name });
  const find = async () =>
    (await fairway("GET", "/tokens?limit=200")).items.find((each) => each.name === name);
  // The whole day, where the browser is.
  assert.equal((await find()).expires_at, "2099-12-31T22:59:59.999Z");
  const row = screen.page.getByRole("row").filter({ has: screen.page.getByRole("rowheader", { name }) });
  await row.getByRole("cell", { name: maker, exact: true }).waitFor();
  await row.getByRole("cell", { name: /31.*2099.*23:59/ }).waitFor();

  const other = await open({ role: "administrator" });
  await other.goto("/users");
  await other.press("users.actions_of", { name: maker });
  await other.role("menuitem", "users.disable").click();
  await other.sees("users.disable_help", { name: maker }, other.dialog());
  await other.press("users.disable", {}, other.dialog());
  await other.sees("users.disable_done", { name: maker });
  await other.role("tab", "users.tab_tokens").click();
  const ended = other.page.getByRole("row").filter({ hasText: name });
  await ended.getByText(other.text("tokens.revoked", { time: "" }).trim()).waitFor();
  assert.equal(await other.button("tokens.revoke_of", { name }).count(), 0);
  assert.notEqual((await find()).revoked_at, null);
});

/** Goes on with the Tab key until the focus is on the element. */
async function tabTo(screen, locator) {
  for (let i = 0; i < 80; ++i) {
    if (await locator.evaluate((element) => element === document.activeElement)) return;
    await screen.page.keyboard.press("Tab");
  }
  throw new Error(`the keyboard does not reach ${locator}`);
}

walk("the keyboard alone signs in and ships", async ({ openScreen, mark }) => {
  const { store, order, commerce } = await importedOrder("Typed", mark);
  const person = await newPerson({ role: "operator", buyerData: true });
  const screen = await openScreen();
  const { keyboard } = screen.page;
  const type = async (locator, text) => {
    await locator.waitFor();
    await tabTo(screen, locator);
    await keyboard.type(text);
  };
  await screen.goto(`/commerce-orders/${commerce.id}`);
  await type(screen.field("sign_in.name"), person.name);
  await type(screen.field("sign_in.password"), person.password);
  await keyboard.press("Enter");

  const ship = screen.button("ship.button");
  await ship.waitFor();
  await tabTo(screen, ship);
  await keyboard.press("Enter");
  const carrier = screen.dialog().getByRole("combobox", { name: screen.text("ship.carrier") });
  await type(carrier, "Poste");
  await type(screen.field("ship.tracking", {}, screen.dialog()), `TYPED${mark}`);
  await keyboard.press("Enter");
  await screen.sees("ship.done", { number: commerce.number });
  await waitFor("the confirmation", async () => (await store.confirmations(order)).length === 1);
});
