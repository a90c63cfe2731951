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

const dialogOf = (button, values) => async (screen) => {
  await screen.button(button, values).first().click();
  await screen.dialog().waitFor();
};
const menuOf = (button, values) => async (screen) => {
  await screen.button(button, values).first().click();
  await screen.page.getByRole("menu").waitFor();
};

/** Screens by name; `open` leads to what lies above or inside of the screen that the address names. */
export async function screensOf({ italy, germany, orders, commerce, kMissing, invitation }) {
  const run = (await fairway("GET", `/sync-runs?limit=1`)).items[0].id;
  const order = `/amazon-orders/${italy.id}/${orders.shipped}`;
  const account = italy.account;
  const tabs = (path, names) =>
    names.map((tab) => ({ name: `${path.split("/")[1]}-${tab}`, path: `${path}?tab=${tab}` }));
  return [
    { name: "sign-in", path: "/sign-in", isOpen: true },
    { name: "welcome", path: `/welcome${invitation}`, isOpen: true },
    { name: "stores", path: "/stores" },
    {
      name: "stores-credentials",
      path: "/stores",
      open: dialogOf("stores.credentials_of", { account: "Main" }),
    },
    {
      name: "stores-deactivate",
      path: "/stores",
      open: dialogOf("stores.deactivate_name", { store: "Amazon.it" }),
    },
    {
      name: "stores-user-menu",
      path: "/stores",
      open: (screen) => menuOf("user.menu", { name: screen.who })(screen),
    },
    { name: "store-new-account", path: "/stores/new" },
    {
      name: "store-new-connect",
      path: "/stores/new",
      open: async (screen) => {
        await screen.choose("store_new.account_new");
        await screen.press("connect.addresses");
        await screen.field("connect.lwa_url").waitFor();
      },
    },
    { name: "store-new-store", path: `/stores/new?account=${account}` },
    { name: "store-new-settings", path: `/stores/new?store=${italy.id}` },
    { name: "store-new-sync", path: `/stores/new?store=${italy.id}&run=${run}` },
    { name: "dashboard", path: `/stores/${italy.id}` },
    { name: "settings", path: `/stores/${italy.id}/settings` },
    { name: "amazon-orders", path: "/amazon-orders" },
    {
      name: "amazon-orders-filters",
      path: `/amazon-orders?store=${italy.id}&status=Unshipped%2CPartiallyShipped`,
      open: async (screen) => {
        await screen.press("filter.show");
        await screen.button("filter.apply").waitFor();
      },
    },
    {
      name: "amazon-orders-selection",
      path: "/amazon-orders?import_state=blocked",
      open: async (screen) => {
        await screen.role("grid", "nav.amazon_orders").getByRole("checkbox").first().press("Space");
        await screen.button("bulk.retry").waitFor();
      },
    },
    { name: "amazon-orders-none", path: "/amazon-orders?q=999-0000000-0000000" },
    { name: "amazon-orders-columns", path: "/amazon-orders", open: menuOf("grid.columns") },
    {
      name: "amazon-orders-save-view",
      path: "/amazon-orders",
      open: async (screen) => {
        await menuOf("grid.views")(screen);
        await screen.role("menuitem", "grid.save_view").click();
        await screen.dialog().waitFor();
      },
    },
    { name: "amazon-order", path: order },
    ...["items", "packages", "commands", "money", "history"].map((tab) => ({
      name: `amazon-order-${tab}`,
      path: `${order}?tab=${tab}`,
    })),
    { name: "amazon-order-blocked", path: `/amazon-orders/${italy.id}/${orders[kMissing]}` },
    {
      name: "amazon-order-create-product",
      path: `/amazon-orders/${italy.id}/${orders[kMissing]}`,
      open: dialogOf("fix.create"),
    },
    { name: "amazon-order-cancel-request", path: `/amazon-orders/${italy.id}/${orders.cancelRequest}` },
    { name: "amazon-order-refused", path: `/amazon-orders/${italy.id}/${orders.several_lines}?tab=commands` },
    { name: "amazon-order-prime", path: `/amazon-orders/${italy.id}/${orders.prime}` },
    { name: "amazon-order-view-only", path: `/amazon-orders/${germany.id}/${orders.viewOnly}` },
    { name: "amazon-order-missing", path: `/amazon-orders/${italy.id}/999-0000000-0000000`, isMissing: true },
    { name: "commerce-orders", path: "/commerce-orders" },
    { name: "commerce-order", path: `/commerce-orders/${commerce.shipped}` },
    { name: "commerce-order-credited", path: `/commerce-orders/${commerce.complete}` },
    { name: "commerce-order-held", path: `/commerce-orders/${commerce.gift}` },
    {
      name: "commerce-order-ship",
      path: `/commerce-orders/${commerce.toShip}`,
      open: dialogOf("ship.button"),
    },
    {
      name: "commerce-order-credit",
      path: `/commerce-orders/${commerce.toShip}`,
      open: dialogOf("credit.button"),
    },
    {
      name: "commerce-order-hold",
      path: `/commerce-orders/${commerce.toShip}`,
      open: dialogOf("commerce.hold"),
    },
    ...tabs("/attention", ["blocked", "commands", "decisions", "ship_by", "quarantine"]),
    { name: "attention-match", path: "/attention", open: dialogOf("fix.match") },
    { name: "products", path: "/products" },
    { name: "products-new", path: "/products", open: dialogOf("products.new") },
    { name: "product", path: "/products/MOKA-3T" },
    { name: "listings", path: "/listings" },
    { name: "listings-match", path: "/listings", open: dialogOf("listings.match_of", { seller: "MOKA-3T" }) },
    ...tabs("/logs", ["sync", "audit"]),
    ...tabs("/users", ["people", "tokens"]),
    { name: "users-add", path: "/users", open: dialogOf("users.add") },
    { name: "users-token", path: "/users?tab=tokens", open: dialogOf("tokens.add") },
    { name: "me", path: "/me" },
    { name: "system", path: "/system" },
  ];
}

/** The addresses that the router knows, as patterns; "/" only leads on. */
export function routes() {
  const source = readFileSync(new URL("src/routes.tsx", ui), "utf8");
  const paths = [...source.matchAll(/^ {2}path: "(\/[^"]*)"/gm)].map(([, path]) => path);
  return paths.filter((path) => path !== "/");
}
const patternOf = (path) => new RegExp(`^${path.replaceAll(/\$\w+/g, "[^/]+")}$`);

/** Routes that no screen of the list comes by. A name in the address is not the place beside it. */
export function routesWithout(screens) {
  const seen = screens.map(({ path }) => path.replace(/[?#].*/, ""));
  const exact = new Set(routes());
  return routes().filter(
    (route) => !seen.some((path) => patternOf(route).test(path) && (route === path || !exact.has(path))),
  );
}
