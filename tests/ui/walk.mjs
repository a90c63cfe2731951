// A walk: what a person does with the screens, in each language, and what they must see. What is wrong on the
// way, be it an error in the console, a request to a foreign host or a breach of the page's own policy, fails
// it as well.
import { writeFileSync } from "node:fs";
import { after, test } from "node:test";

import { chromium } from "playwright-core";

import { languages, locales, textsOf } from "./texts.mjs";
import { base, newPerson } from "./world.mjs";

const kept = process.env.FAIRWAY_WALKS;
const kWaitMs = 20_000;
const kWalkMs = 120_000;
export const wide = { width: 1440, height: 900 };
export const narrow = { width: 390, height: 844 };

const browser = await chromium.launch({
  executablePath: process.env.FAIRWAY_BROWSER,
  // Whoever runs the tests as root has no sandbox for a browser that sees nothing but Fairway.
  args: ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", "--font-render-hinting=none"],
});
export const closeBrowser = () => browser.close();
after(closeBrowser);

/** What the browser says of a refusal that the page itself shows. */
const isRefusal = (text, mayFail) =>
  (mayFail ? /^Failed to load resource: .* [45]\d\d/ : /^Failed to load resource: .* 4\d\d/).test(text);

/** Nothing yet. Where a test lets the server fail, that it fails is nothing wrong with the page. */
const nothingSeen = () => ({ console: [], wrong: [], mayFail: false });

/** Everything that must not happen on a page, as it happens. */
function watch(page, seen = nothingSeen()) {
  const wrong = (what) => seen.wrong.push(what);
  page.on("console", (message) => {
    seen.console.push(`${message.type()}: ${message.text()}`);
    if (message.type() === "error" && !isRefusal(message.text(), seen.mayFail))
      wrong(`console: ${message.text()}`);
  });
  page.on("pageerror", (error) => wrong(`exception: ${error.stack ?? error}`));
  page.on("request", (request) => {
    const url = request.url();
    if (!url.startsWith(`${base}/`) && !/^(data|blob):/.test(url)) wrong(`request to ${url}`);
  });
  page.on("response", (response) => {
    if (response.status() >= 500 && !seen.mayFail) wrong(`${response.url()} answered ${response.status()}`);
  });
  return seen;
}

async function open(language, options = {}) {
  const context = await browser.newContext({
    viewport: wide,
    locale: locales[language],
    timezoneId: "Europe/Rome",
    // Spectrum fades and slides; a walk need not wait for that.
    reducedMotion: "reduce",
    acceptDownloads: true,
    ...options,
  });
  context.setDefaultTimeout(kWaitMs);
  await context.addInitScript(() =>
    document.addEventListener("securitypolicyviolation", (event) =>
      console.error(`policy: ${event.violatedDirective} ${event.blockedURI}`),
    ),
  );
  const page = await context.newPage();
  return { context, page, seen: watch(page) };
}

/** One page of one person, spoken to by the keys of the message files. */
export class Screen {
  constructor({ context, page, seen }, language) {
    Object.assign(this, { context, page, seen, language, text: textsOf(language) });
  }

  /** A browser in which nobody is signed in, or this person. */
  static async open(language, person, options) {
    const screen = new Screen(await open(language, options), language);
    if (person !== undefined) await screen.context.addCookies([person.cookie]);
    return screen;
  }

  /** One more window of the same browser, watched with this one. */
  async openWindow() {
    const page = await this.context.newPage();
    return new Screen({ context: this.context, page, seen: watch(page, this.seen) }, this.language);
  }

  async goto(path) {
    await this.page.goto(base + path);
  }

  /** An element by its role and the text that a key stands for. */
  role(role, key, values, within = this.page) {
    return within.getByRole(role, { name: this.text(key, values), exact: true });
  }
  button(key, values, within) {
    return this.role("button", key, values, within);
  }
  /** A field by its label, to which Spectrum may have added that it is required. */
  field(key, values, within = this.page) {
    return within.getByLabel(this.text(key, values)).and(within.locator("input, textarea"));
  }
  heading(key, values, within) {
    return this.role("heading", key, values, within);
  }
  /** What lies above the page and wants an answer; menus, pickers and toasts call themselves dialogs, too. */
  dialog() {
    const modal = this.page.locator(":not([data-trigger], [aria-modal=false])");
    return this.page.getByRole("dialog").or(this.page.getByRole("alertdialog")).and(modal);
  }
  main() {
    return this.page.getByRole("main");
  }

  async press(key, values, within) {
    await this.button(key, values, within).click();
  }
  async fill(key, value, within) {
    await this.field(key, undefined, within).fill(value);
  }
  /** One of several: a radio. */
  async choose(key, values, within) {
    await this.role("radio", key, values, within).press("Space");
  }
  async toggle(key, values, within) {
    await this.role("switch", key, values, within).press("Space");
  }
  /** A picker's button is called by what is chosen and its label. */
  picker(key) {
    const name = new RegExp(`(^|\\s)${RegExp.escape(this.text(key))}$`);
    return this.page.getByRole("button", { name }).and(this.page.locator("[aria-haspopup=listbox]"));
  }
  async pick(key, option) {
    await this.picker(key).click();
    await this.page.waitForFunction(() => document.activeElement?.closest("[role=listbox]"));
    const wanted = this.page.getByRole("option", { name: option });
    // A long list holds what is in sight, and no more: it begins with what is chosen.
    await this.page.keyboard.press("Home");
    for (let pages = 0; pages < 20 && (await wanted.count()) === 0; ++pages)
      await this.page.keyboard.press("PageDown");
    // By key: a message that appears above moves the list away between a pointer's down and up.
    await wanted.press("Enter");
    await this.gone(this.page.getByRole("listbox"));
  }
  async pickSeveral(key, options) {
    await this.picker(key).click();
    for (const option of options) await this.role("option", option).press("Enter");
    await this.page.keyboard.press("Escape");
    await this.gone(this.page.getByRole("listbox"));
  }
  /** Waits until a text stands somewhere; for toasts, statuses and notes. */
  async sees(key, values, within = this.page) {
    await this.seesText(this.text(key, values), within);
  }
  async seesText(text, within = this.page) {
    await within.getByText(text, { exact: true }).filter({ visible: true }).first().waitFor();
  }
  /** Nothing fades or slides any more; what turns for ever does not count. */
  async still() {
    await this.page.evaluate(() =>
      Promise.allSettled(
        document
          .getAnimations()
          .filter((each) => Number.isFinite(each.effect.getComputedTiming().endTime))
          .map((each) => each.finished),
      ),
    );
  }
  async gone(locator) {
    await locator.waitFor({ state: "hidden" });
  }

  async signIn(person) {
    await this.fill("sign_in.name", person.name);
    await this.fill("sign_in.password", person.password);
    // By key: what is said above the form moves its button away between a pointer's down and up.
    await this.field("sign_in.password").press("Enter");
  }

  /** Answers of Fairway to this path are changed until it is undone: `change` gets the body. */
  async changing(path, change) {
    const answer = async (route) => {
      const response = await route.fetch();
      await route.fulfill({ response, json: change(await response.json()) });
    };
    await this.page.route(path, answer);
    return () => this.page.unroute(path, answer);
  }

  async close() {
    await this.context.close();
  }
}

/** What is left of a failed walk, and where. */
async function keep(screen, name) {
  const path = `${kept}/${name.replaceAll(/[^a-z0-9]+/gi, "-")}`;
  writeFileSync(`${path}.log`, [screen.page.url(), ...screen.seen.wrong, ...screen.seen.console].join("\n"));
  await screen.page.screenshot({ path: `${path}.png` }).catch(() => {});
  return `${path}.png and .log`;
}

/** Does it, and looks whether something went wrong on these pages meanwhile. What fails is kept. */
export async function guard(name, screens, steps) {
  try {
    await steps();
    // What the pages have said by now arrives before the answer to this.
    await Promise.all(screens.map(({ page }) => page.evaluate(() => {})));
    const wrong = screens.flatMap(({ seen }) => seen.wrong.splice(0));
    if (wrong.length > 0) throw new Error(`what a page must not do: ${wrong.join("\n")}`);
  } catch (error) {
    const left = [];
    for (const [index, screen] of screens.entries()) left.push(await keep(screen, `${name} ${index}`));
    error.message += `\nleft in ${left.join(", ")}`;
    throw error;
  }
}

/** Runs a walk with pages that are closed afterwards. */
async function withScreens(name, language, steps) {
  const screens = [];
  const openScreen = async (person, options) => {
    const screen = await Screen.open(language, person, options);
    screens.push(screen);
    return screen;
  };
  try {
    await guard(`${name} ${language}`, screens, () => steps(openScreen));
  } finally {
    await Promise.all(screens.map((screen) => screen.close()));
  }
}

/**
 * One walk, in both languages, at the same time unless it changes what is everybody's. `steps` gets
 * `open(rights)`, which opens a page of a new person, and `mark`, which makes names that the other language
 * does not use.
 */
export function walk(name, steps, { isAlone = false } = {}) {
  test(name, { concurrency: isAlone ? 1 : languages.length }, (t) =>
    Promise.all(
      languages.map((language) =>
        t.test(language, { timeout: kWalkMs }, () =>
          withScreens(name, language, (openScreen) =>
            steps({
              language,
              mark: language.toUpperCase(),
              text: textsOf(language),
              openScreen,
              open: async (rights, options) => openScreen(await newPerson(rights), options),
            }),
          ),
        ),
      ),
    ),
  );
}
