// Every screen of Fairway, filled: its address, and how one gets to the forms and menus on it.
import { readFileSync } from "node:fs";

import { ui } from "./texts.mjs";
import { fairway } from "./world.mjs";

/** Nothing is loading any more: what is under way has no value. */
export async function settled(screen) {
  await screen.page.getByRole("heading").first().waitFor();
  await screen.page.waitForFunction(() =>
    [...document.querySelectorAll("[role=progressbar]:not([aria-valuenow])")].every(
      (each) => !each.checkVisibility(),
    ),
  );
}

const dialogOf = (key, values) => async (screen) => {
  await screen.button(key, values).first().click();
  await screen.dialog().waitFor();
};
const menuOf = (key, values) => async (screen) => {
  await screen.button(key, values).first().click();
  await screen.page.getByRole("menu").waitFor();
};
/** The dialog behind an item of a menu. */
const itemOf = (menu, values, item) => async (screen) => {
  await menuOf(menu, values)(screen);
  await screen.role("menuitem", item).click();
  await screen.dialog().waitFor();
};
const screen = (name, path, open) => ({ name, path, open });
/** What lies further down: the picture is taken of what is in sight then. */
const lower = (name, path, key) => ({
  ...screen(name, path, (each) => each.heading(key).scrollIntoViewIfNeeded()),
  isLower: true,
});
const tabsOf = (path, names) => names.map((tab) => screen(`${path.slice(1)}-${tab}`, `${path}?tab=${tab}`));

function screensOfStores({ italy, germany }, run) {
  const italian = { store: italy.name };
  const french = { store: "Amazon.fr" };
  const actions = (values, item) => itemOf("stores.actions_of", values, item);
  const connect = async (each) => {
    await each.choose("store_new.account_new");
    await each.press("connect.addresses");
    await each.field("connect.lwa_url").waitFor();
  };
  return [
    screen("stores", "/stores"),
    screen("stores-credentials", "/stores", dialogOf("stores.credentials_of", { account: "Main" })),
    screen("stores-deactivate", "/stores", actions(italian, "stores.deactivate")),
    screen("stores-rename", "/stores", actions(italian, "stores.rename")),
    screen("stores-delete", "/stores", actions(french, "stores.delete")),
    screen("store-new-account", "/stores/new"),
    screen("store-new-connect", "/stores/new", connect),
    screen("store-new-store", `/stores/new?account=${italy.account}`),
    screen("store-new-settings", `/stores/new?store=${italy.id}`),
    screen("store-new-sync", `/stores/new?store=${italy.id}&run=${run}`),
    screen("dashboard", `/stores/${italy.id}`),
    lower("dashboard-sales", `/stores/${italy.id}`, "revenue.title"),
    screen("dashboard-table", `/stores/${italy.id}`, (each) => each.press("revenue.as_table")),
    screen("dashboard-import-off", `/stores/${germany.id}`),
    screen("settings", `/stores/${italy.id}/settings`),
    lower("settings-lower", `/stores/${italy.id}/settings`, "settings.group_sync"),
  ];
}

function screensOfOrders({ italy, germany, orders, kMissing }) {
  const pageOf = (name, store = italy) => `/amazon-orders/${store.id}/${orders[name]}`;
  const ordered = pageOf("shipped");
  const filters = async (each) => {
    await each.press("filter.show");
    await each.button("filter.apply").waitFor();
  };
  const select = async (each) => {
    await each.role("grid", "nav.amazon_orders").getByRole("checkbox").first().press("Space");
    await each.button("bulk.retry").waitFor();
  };
  const reveal = async (each) => {
    await each.press("reveal.button");
    await each.sees("order.buyer_email");
  };
  const toShip = `/amazon-orders?store=${italy.id}&status=Unshipped%2CPartiallyShipped`;
  const { nowhere, unsound } = orders;
  return [
    screen("amazon-orders", "/amazon-orders"),
    screen("amazon-orders-filters", toShip, filters),
    screen("amazon-orders-selection", "/amazon-orders?import_state=blocked", select),
    screen("amazon-orders-none", "/amazon-orders?q=999-0000000-0000000"),
    screen("amazon-orders-columns", "/amazon-orders", menuOf("grid.columns")),
    screen("amazon-orders-save-view", "/amazon-orders", itemOf("grid.views", {}, "grid.save_view")),
    screen("amazon-order", ordered),
    screen("amazon-order-buyer", ordered, reveal),
    ...["items", "packages", "commands", "money", "history"].map((tab) =>
      screen(`amazon-order-${tab}`, `${ordered}?tab=${tab}`),
    ),
    screen("amazon-order-blocked", pageOf(kMissing)),
    screen("amazon-order-create-product", pageOf(kMissing), dialogOf("fix.create")),
    screen("amazon-order-address", pageOf("nowhere"), dialogOf("fix.address_of", { number: nowhere })),
    screen("amazon-order-amounts", pageOf("unsound"), dialogOf("fix.money_of", { number: unsound })),
    screen("amazon-order-cancel-request", pageOf("cancelRequest")),
    screen("amazon-order-refused", `${pageOf("several_lines")}?tab=commands`),
    screen("amazon-order-prime", pageOf("prime")),
    screen("amazon-order-view-only", pageOf("viewOnly", germany)),
    screen("amazon-order-missing", `/amazon-orders/${italy.id}/999-0000000-0000000`),
  ];
}

function screensOfCommerce(commerce) {
  const pageOf = (name) => `/commerce-orders/${commerce[name]}`;
  return [
    screen("commerce-orders", "/commerce-orders"),
    screen("commerce-order", pageOf("shipped")),
    lower("commerce-order-comments", pageOf("gift"), "comments.title"),
    screen("commerce-order-credited", pageOf("complete")),
    screen("commerce-order-held", pageOf("gift")),
    screen("commerce-order-ship", pageOf("toShip"), dialogOf("ship.button")),
    screen("commerce-order-credit", pageOf("toShip"), dialogOf("credit.button")),
    screen("commerce-order-hold", pageOf("toShip"), dialogOf("commerce.hold")),
  ];
}

/** Screens by name; `open` leads to what lies above or inside of the screen that the address names. */
export async function screensOf(world) {
  const runs = (await fairway("GET", "/sync-runs")).items;
  const run = runs.find(({ store }) => store === world.italy.id).id;
  const userMenu = (each) => ["user.menu", { name: each.who }];
  return [
    { ...screen("sign-in", "/sign-in"), isOpen: true },
    { ...screen("welcome", `/welcome${world.invitation}`), isOpen: true },
    ...screensOfStores(world, run),
    ...screensOfOrders(world),
    ...screensOfCommerce(world.commerce),
    ...tabsOf("/attention", ["blocked", "commands", "decisions", "ship_by", "quarantine"]),
    screen("attention-match", "/attention", dialogOf("fix.match")),
    screen("products", "/products"),
    screen("products-new", "/products", dialogOf("products.new")),
    screen("product", "/products/MOKA-3T"),
    screen("listings", "/listings"),
    screen("listings-match", "/listings", dialogOf("listings.match_of", { seller: "MOKA-3T" })),
    ...tabsOf("/logs", ["sync", "errors", "audit"]),
    ...tabsOf("/users", ["people", "tokens"]),
    screen("users-add", "/users", dialogOf("users.add")),
    screen("users-token", "/users?tab=tokens", dialogOf("tokens.add")),
    screen("me", "/me"),
    screen("me-menu", "/me", (each) => menuOf(...userMenu(each))(each)),
    screen("me-keys", "/me", (each) => itemOf(...userMenu(each), "keys.title")(each)),
    screen("system", "/system"),
    screen("system-read-only", "/system", dialogOf("system.read_only_begin")),
  ];
}

/** The addresses that the router knows, as patterns; "/" only leads on. */
export function routes() {
  const source = readFileSync(new URL("src/routes.tsx", ui), "utf8");
  const paths = [...source.matchAll(/^ {2}path: "(\/[^"]*)"/gm)].map(([, path]) => path);
  return paths.filter((path) => path !== "/");
}
const patternOf = (path) => new RegExp(`^${path.replaceAll(/\$\w+/g, "[^/]+")}$`);

/** Whether a screen comes by this route. A name in the address is not the place beside it. */
function isOf(route, path) {
  const seen = path.replace(/[?#].*/, "");
  return patternOf(route).test(seen) && (route === seen || !routes().includes(seen));
}

/** One address of each route, with the route. */
export const addresses = (screens) =>
  routes().map((route) => ({ route, ...screens.find(({ path }) => isOf(route, path)) }));

/** Routes that no screen of the list comes by. */
export const routesWithout = (screens) =>
  routes().filter((route) => !screens.some(({ path }) => isOf(route, path)));
