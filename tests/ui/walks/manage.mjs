// What is done with a store and with the service as a whole.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";

import { walk } from "../walk.mjs";
import { addProduct, advance, fairway, sandbox, Store, waitFor } from "../world.mjs";

walk("a store is deactivated, taken up again, and deleted by its name", async ({ open, mark }) => {
  const store = await Store.connect(`Retired ${mark}`);
  const named = { store: store.name };
  const screen = await open({ role: "administrator" });
  await screen.goto("/stores");
  const card = screen.page.getByRole("article", { name: store.name });
  const act = async (key) => {
    await screen.press("stores.actions_of", named);
    await screen.role("menuitem", key).click();
  };
  for (const [key, done] of [
    ["stores.deactivate", "stores.deactivated"],
    ["stores.activate", "stores.activated"],
    ["stores.deactivate", "stores.deactivated"],
  ]) {
    await act(key);
    await screen.press(key, {}, screen.dialog());
    await screen.sees(done, named);
    await screen.sees(key === "stores.activate" ? "stores.active" : "stores.inactive", {}, card);
  }
  await act("stores.delete");
  const name = screen.field("stores.delete_name", named, screen.dialog());
  await name.fill("Another");
  await screen.press("stores.delete", {}, screen.dialog());
  await screen.sees("stores.delete_wrong", {}, screen.dialog());
  await name.fill(store.name);
  await screen.press("stores.delete", {}, screen.dialog());
  await screen.sees("stores.deleted", named);
  await screen.gone(card);
  const { items } = await fairway("GET", "/stores");
  assert.ok(!items.some(({ id }) => id === store.id));
});

/** Everybody's: while it is on, no other walk sends anything. */
walk(
  "in read-only mode nothing is sent to Amazon until it ends",
  async ({ open, mark }) => {
    const sku = `SILENT-${mark}`;
    await addProduct(sku);
    const store = await Store.connect(`Silent ${mark}`);
    const order = await store.place(sku);
    await store.step();
    const { id } = await store.commerceOrder(order);
    const screen = await open({ role: "administrator" });
    const turn = async (act) => {
      await screen.goto("/system");
      await screen.press(`system.read_only_${act}`);
      await screen.press(`system.read_only_${act}`, {}, screen.dialog());
      await screen.sees(act === "begin" ? "system.read_only_begun" : "system.read_only_ended");
    };
    await turn("begin");
    await screen.sees("read_only.requested");
    const packages = [{ carrier: "DHL", tracking: `SILENT${mark}` }];
    await fairway("POST", `/commerce-orders/${id}/shipments`, { packages });
    await store.step();
    assert.deepEqual(await store.confirmations(order), []);
    await turn("end");
    await waitFor("the confirmation", async () => (await store.confirmations(order)).length === 1);
  },
  { isAlone: true },
);

/** The sandbox fails for everybody who asks. */
walk(
  "a sync that was asked for is watched to its end",
  async ({ open, mark }) => {
    const sku = `ASKED-${mark}`;
    await addProduct(sku);
    const store = await Store.connect(`Asked ${mark}`);
    await store.place(sku);
    const screen = await open({ role: "operator" });
    await screen.goto(`/stores/${store.id}`);
    await advance(300);
    await screen.press("dashboard.sync_now");
    // Fairway may have read the order by itself meanwhile.
    const done = (count) =>
      screen.page.getByText(screen.text("work.sync_done", { store: store.name, count }));
    await done(1).or(done(0)).first().waitFor();

    await sandbox("POST", "/faults", { kind: "503", operation: "searchOrders", rate: 1 });
    await advance(600);
    // As if it went on for a while: what was begun is still watched after a reload.
    const end = await screen.changing("**/api/v1/sync-runs/*", (run) => ({ ...run, state: "running" }));
    await screen.press("dashboard.sync_now");
    await screen.sees("work.sync", { store: store.name });
    await screen.page.reload();
    await screen.sees("work.sync", { store: store.name });
    await end();
    const [failed] = screen.text("work.sync_failed", { store: store.name, error: "|" }).split("|");
    await screen.page.getByText(failed).waitFor();
    await sandbox("DELETE", "/faults");
  },
  { isAlone: true },
);

walk("who did what is read by name, and people are saved as a file", async ({ open, mark }) => {
  const store = await Store.connect(`Audited ${mark}`);
  const name = `clerk-${mark.toLowerCase()}`;
  const screen = await open({ role: "administrator", name });
  await screen.goto("/stores");
  await screen.press("stores.actions_of", { store: store.name });
  await screen.role("menuitem", "stores.rename").click();
  await screen.fill("store_new.name", `Renamed ${mark}`, screen.dialog());
  await screen.press("action.save", {}, screen.dialog());
  await screen.sees("stores.renamed", { store: `Renamed ${mark}` });

  await screen.goto("/logs?tab=audit");
  await screen.pick("logs.actor", name);
  const row = screen.page.getByRole("row").filter({ hasText: screen.text("audit_action.rename_store") });
  await row.filter({ hasText: name }).waitFor();

  await screen.goto("/users");
  await screen.page.getByRole("rowheader", { name }).waitFor();
  const [download] = await Promise.all([
    screen.page.waitForEvent("download"),
    screen.button("export.button").click(),
  ]);
  assert.match(download.suggestedFilename(), /^people-[\d-]+\.csv$/);
  assert.match(await readFile(await download.path(), "utf8"), new RegExp(`\r\n${name},administrator,false,`));
});
