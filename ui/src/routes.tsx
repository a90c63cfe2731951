// Every screen and its address. Filters live in the address, so that a view can be shared.
import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  parseSearchWith,
  redirect,
  stringifySearchWith,
} from "@tanstack/react-router";

import { type OrderTab, orderTabs } from "./screens/amazon-order/tabs";
import { searchNames as commerceSearchNames } from "./screens/commerce-orders/search";
import { Root } from "./shell/Root";
import { Shell } from "./shell/Shell";

const root = createRootRoute({ component: Root });

const signIn = createRoute({
  getParentRoute: () => root,
  path: "/sign-in",
  validateSearch: (search: Record<string, unknown>): { back?: string } =>
    typeof search.back === "string" ? { back: search.back } : {},
  component: lazyRouteComponent(() => import("./screens/sign-in/SignIn"), "SignIn"),
});
const welcome = createRoute({
  getParentRoute: () => root,
  path: "/welcome",
  component: lazyRouteComponent(() => import("./screens/welcome/Welcome"), "Welcome"),
});

const shell = createRoute({ getParentRoute: () => root, id: "shell", component: Shell });
const home = createRoute({
  getParentRoute: () => shell,
  path: "/",
  beforeLoad: () => {
    throw redirect({ to: "/stores" });
  },
});
const stores = createRoute({
  getParentRoute: () => shell,
  path: "/stores",
  component: lazyRouteComponent(() => import("./screens/stores/Stores"), "Stores"),
});
const dashboard = createRoute({
  getParentRoute: () => shell,
  path: "/stores/$store",
  component: lazyRouteComponent(() => import("./screens/dashboard/Dashboard"), "Dashboard"),
});

/** The texts of a search that a screen knows; the rest is dropped. */
function textsOf<Name extends string>(names: readonly Name[]) {
  return (search: Record<string, unknown>): { [Key in Name]?: string } => {
    const found: { [Key in Name]?: string } = {};
    for (const name of names) {
      const value = search[name];
      if (value !== undefined && value !== "") found[name] = String(value);
    }
    return found;
  };
}

const filterNames = [
  "store",
  "status",
  "import_state",
  "fulfilled_by",
  "q",
  "buyer",
  "purchased_from",
  "purchased_to",
  "total_min",
  "total_max",
  "sort",
] as const;
export type OrderFilters = { [Name in (typeof filterNames)[number]]?: string };
const amazonOrders = createRoute({
  getParentRoute: () => shell,
  path: "/amazon-orders",
  validateSearch: textsOf(filterNames),
  component: lazyRouteComponent(() => import("./screens/amazon-orders/AmazonOrders"), "AmazonOrders"),
});

const amazonOrder = createRoute({
  getParentRoute: () => shell,
  path: "/amazon-orders/$store/$id",
  validateSearch: (search: Record<string, unknown>): { tab?: OrderTab } => {
    const tab = orderTabs.find((name) => name === search.tab);
    return tab === undefined ? {} : { tab };
  },
  component: lazyRouteComponent(() => import("./screens/amazon-order/AmazonOrder"), "AmazonOrder"),
});
const commerceOrders = createRoute({
  getParentRoute: () => shell,
  path: "/commerce-orders",
  validateSearch: textsOf(commerceSearchNames),
  component: lazyRouteComponent(() => import("./screens/commerce-orders/CommerceOrders"), "CommerceOrders"),
});
const commerceOrder = createRoute({
  getParentRoute: () => shell,
  path: "/commerce-orders/$id",
  component: lazyRouteComponent(() => import("./screens/commerce-order/CommerceOrder"), "CommerceOrder"),
});

const storeNew = createRoute({
  getParentRoute: () => shell,
  path: "/stores/new",
  validateSearch: textsOf(["account", "store", "run"]),
  component: lazyRouteComponent(() => import("./screens/store-new/StoreNew"), "StoreNew"),
});
const settings = createRoute({
  getParentRoute: () => shell,
  path: "/stores/$store/settings",
  component: lazyRouteComponent(() => import("./screens/settings/Settings"), "Settings"),
});
const attention = createRoute({
  getParentRoute: () => shell,
  path: "/attention",
  validateSearch: textsOf(["tab", "store"]),
  component: lazyRouteComponent(() => import("./screens/attention/Attention"), "Attention"),
});
const products = createRoute({
  getParentRoute: () => shell,
  path: "/products",
  validateSearch: textsOf(["q", "enabled"]),
  component: lazyRouteComponent(() => import("./screens/products/Products"), "Products"),
});
const product = createRoute({
  getParentRoute: () => shell,
  path: "/products/$sku",
  component: lazyRouteComponent(() => import("./screens/products/Product"), "Product"),
});
const listings = createRoute({
  getParentRoute: () => shell,
  path: "/listings",
  validateSearch: textsOf(["q", "store", "state"]),
  component: lazyRouteComponent(() => import("./screens/listings/Listings"), "Listings"),
});
const logs = createRoute({
  getParentRoute: () => shell,
  path: "/logs",
  validateSearch: textsOf(["tab", "actor", "action", "object", "account"]),
  component: lazyRouteComponent(() => import("./screens/logs/Logs"), "Logs"),
});
const users = createRoute({
  getParentRoute: () => shell,
  path: "/users",
  validateSearch: textsOf(["tab"]),
  component: lazyRouteComponent(() => import("./screens/users/Users"), "Users"),
});
const me = createRoute({
  getParentRoute: () => shell,
  path: "/me",
  component: lazyRouteComponent(() => import("./screens/me/Me"), "Me"),
});
const system = createRoute({
  getParentRoute: () => shell,
  path: "/system",
  component: lazyRouteComponent(() => import("./screens/system/System"), "System"),
});

export const router = createRouter({
  routeTree: root.addChildren([
    signIn,
    welcome,
    shell.addChildren([
      home,
      stores,
      dashboard,
      amazonOrders,
      amazonOrder,
      commerceOrders,
      commerceOrder,
      storeNew,
      settings,
      attention,
      products,
      product,
      listings,
      logs,
      users,
      me,
      system,
    ]),
  ]),
  defaultPreload: "intent",
  // Everything in an address is text: q=12 is not a number, and needs no quotes.
  parseSearch: parseSearchWith((value) => value),
  stringifySearch: stringifySearchWith(JSON.stringify),
});

declare module "@tanstack/react-router" {
  interface Register {
    router: typeof router;
  }
}
