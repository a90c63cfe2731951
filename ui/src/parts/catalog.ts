// What may be different once a product, its stock or a match has changed: blocks hang on all of them.
import { ordersKey } from "../shell/LiveEvents";
import { messagesKey } from "../shell/Messages";

export const productsKey = ["products"];
export const listingsKey = ["listings"];
export const catalogTouches = [productsKey, listingsKey, ["stock"], ordersKey, messagesKey, ["dashboard"]];
