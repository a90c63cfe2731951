// The sandbox and the Fairway that run.py started, as walks move and question them beside the browser.
const { FAIRWAY_URL, FAIRWAY_TOKEN, FAIRWAY_SANDBOX, FAIRWAY_PASSWORD } = process.env;

export const base = FAIRWAY_URL;
export const sandboxUrl = FAIRWAY_SANDBOX;
/** The administrator whom the command line made. */
export const administrator = { name: "administrator", password: FAIRWAY_PASSWORD };

const kLookMs = 50;
const kWithinMs = 30_000;

/** Asks again until what is looked for is there; the error names it. */
export async function waitFor(what, look, withinMs = kWithinMs) {
  const end = Date.now() + withinMs;
  for (;;) {
    const found = await look();
    if (found) return found;
    if (Date.now() > end) throw new Error(`waited ${withinMs} ms in vain for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, kLookMs));
  }
}

async function ask(method, url, body, headers) {
  const answer = await fetch(url, {
    method,
    headers: { "Content-Type": "application/json", ...headers },
    signal: AbortSignal.timeout(kWithinMs),
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${method} ${url} answered ${answer.status}: ${text.slice(0, 600)}`);
  return { answer, body: text === "" ? null : JSON.parse(text) };
}

/** Fairway's REST interface, as a program that may do everything. */
export const fairway = async (method, path, body) =>
  (await ask(method, `${base}/api/v1${path}`, body, { Authorization: `Bearer ${FAIRWAY_TOKEN}` })).body;

export const sandbox = async (method, path, body) =>
  (await ask(method, `${sandboxUrl}/sandbox${path}`, body)).body;

let people = 0;
/** A person of this role who has chosen a password, and the cookie of their session. */
export async function newPerson({ role, buyerData = false, name = `${role}-${++people}` }) {
  const password = `password of ${name}`;
  const { link } = await fairway("POST", "/users", { name, role, buyer_data: buyerData });
  const invitation = link.slice(link.indexOf("#") + 1);
  const { answer } = await ask("POST", `${base}/api/v1/invitations/accept`, { invitation, password });
  const [cookie] = answer.headers.getSetCookie();
  const [, key, value] = /^([^=]+)=([^;]+)/.exec(cookie);
  return { name, password, cookie: { name: key, value, url: base } };
}

const sellers = await sandbox("GET", "/sellers");
/** The next seller whom nobody has yet. */
export function newSeller() {
  const seller = sellers.pop();
  if (seller === undefined) throw new Error("the sandbox needs more sellers");
  return seller;
}

export const advance = (seconds) => sandbox("POST", "/clock", { advance_s: seconds });
export const clock = async () => new Date((await sandbox("GET", "/clock")).now);

/** A seller's account and one store of it in Fairway, and what happens to its orders. */
export class Store {
  static async connect(name, { marketplace = "IT", account: called = name } = {}) {
    const seller = newSeller();
    const { seller_id, client_id, client_secret, refresh_token, region } = seller;
    const urls = { spapi_url: sandboxUrl, lwa_url: sandboxUrl };
    const account = { name: called, region, seller_id, client_id, client_secret, refresh_token, ...urls };
    const { id } = await fairway("POST", "/accounts", account);
    return Store.add(name, { account: id, seller, marketplace });
  }

  /** One more store of an account. */
  static async add(name, { account, seller, marketplace }) {
    const added = await fairway("POST", "/stores", { account, marketplace, name, back_end: "builtin" });
    // Orders are imported from the moment of connecting on.
    await advance(60);
    return new Store(added.id, name, seller, marketplace, account);
  }

  constructor(id, name, seller, marketplace, account) {
    Object.assign(this, { id, name, seller, marketplace, account });
  }

  /** On Amazon: an order of this store; its number. */
  async place(sku, more = {}) {
    const line = { sku, quantity: 1, unit_price: "19.59", tax: "4.31" };
    const { lines = [line], ...rest } = more;
    const who = { seller_id: this.seller.seller_id, marketplace: this.marketplace };
    return (await sandbox("POST", "/orders", { ...who, lines, status: "UNSHIPPED", ...rest })).orderId;
  }

  setStatus(order, status) {
    return sandbox("POST", `/orders/${order}/status`, { status });
  }

  /** Five minutes later Fairway has read this store. */
  async step(seconds = 300) {
    await advance(seconds);
    const run = await fairway("POST", "/sync-runs", { store: this.id });
    const ended = await waitFor("a sync to end", async () => {
      const now = await fairway("GET", `/sync-runs/${run.id}`);
      return now.state !== "running" && now;
    });
    if (ended.state !== "done") throw new Error(`the sync failed: ${JSON.stringify(ended)}`);
  }

  order(id) {
    return fairway("GET", `/amazon-orders/${this.id}/${id}`);
  }

  async commerceOrder(id) {
    return fairway("GET", `/commerce-orders/${(await this.order(id)).commerce_order.id}`);
  }

  /** What Amazon was told of an order. */
  async confirmations(id) {
    return (await sandbox("GET", `/orders/${id}`)).confirmations;
  }
}

export const addProduct = (sku, more = {}) =>
  fairway("POST", "/products", { sku, name: sku, quantity: 50, ...more });
