// A store is connected from nothing.
import assert from "node:assert/strict";

import { walk } from "../walk.mjs";
import { addProduct, advance, newSeller, sandboxUrl, Store } from "../world.mjs";

async function fillCredentials(screen, seller, name, secret) {
  await screen.fill("connect.name", name);
  await screen.fill("connect.seller_id", seller.seller_id);
  await screen.fill("connect.client_id", seller.client_id);
  await screen.fill("connect.client_secret", secret);
  await screen.fill("connect.refresh_token", seller.refresh_token);
}

walk("a store is connected step by step, once its credentials were tested", async ({ open, mark }) => {
  const seller = newSeller();
  const name = `Connected ${mark}`;
  // Another account is there already, so that the choice between accounts is shown.
  await Store.connect(`First ${mark}`);
  const screen = await open({ role: "administrator", buyerData: true });
  await screen.goto("/stores");
  await screen.role("link", "stores.add").click();
  await screen.choose("store_new.account_new");

  await fillCredentials(screen, seller, name, "not the secret");
  await screen.press("connect.addresses");
  await screen.fill("connect.spapi_url", sandboxUrl);
  await screen.fill("connect.lwa_url", sandboxUrl);
  await screen.press("connect.button");
  await screen.sees("problem.amazon_credentials_refused");

  await screen.fill("connect.client_secret", seller.client_secret);
  await screen.press("connect.button");
  await screen.sees("connect.done", { name });

  await screen.heading("store_new.store_heading", { account: name }).waitFor();
  await screen.pick("store_new.marketplace", /^Amazon\.it/);
  await screen.fill("store_new.name", name);
  await screen.press("store_new.add");
  await screen.sees("store_new.added", { store: name });

  const sku = `CONNECTED-${mark}`;
  await addProduct(sku);
  const id = new URL(screen.page.url()).searchParams.get("store");
  const store = new Store(id, name, seller, "IT");
  await advance(60);
  const order = await store.place(sku);
  await advance(300);
  await screen.press("store_new.save_and_sync");
  await screen.heading("store_new.sync_done").waitFor();
  // The address names the run: what was begun is still seen after a reload.
  await screen.page.reload();
  await screen.heading("store_new.sync_done").waitFor();
  await screen.role("link", "store_new.to_dashboard").click();
  await screen.page.getByRole("heading", { name, exact: true, level: 1 }).waitFor();
  await screen.page.getByRole("rowheader", { name: order }).waitFor();
  assert.equal((await store.order(order)).import_state, "imported");
});
