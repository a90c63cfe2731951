// The states that every screen has besides its content: what is asked for is on its way, has failed, is not
// allowed, or is nothing. Fairway's answers are changed on their way to the browser.
import assert from "node:assert/strict";
import { test } from "node:test";

import { beyondOf, findings } from "./axe.mjs";
import { addresses, screensOf, settled } from "./screens.mjs";
import { fillWorld } from "./seed.mjs";
import { guard, Screen } from "./walk.mjs";
import { newPerson } from "./world.mjs";

const world = await fillWorld();
const person = await newPerson({ role: "administrator", buyerData: true, name: "office" });
const screen = await Screen.open("en", person);

/** Who it is, what they keep and what happens is always known: a screen stands inside of it. */
const isAlways = (url) => /\/api\/v1\/(session|preferences|events)(\?|$)/.test(url);

const problem = (status, code) => ({
  status,
  contentType: "application/problem+json",
  body: JSON.stringify({ type: "about:blank", title: "", status, code, field: null, detail: "It broke." }),
});

/** What is said where there is nothing; other screens have nothing that could be missing. */
const kEmpty = {
  "/stores": "stores.empty",
  "/amazon-orders": "orders.none_yet",
  "/commerce-orders": "orders.none_yet",
  "/attention": "attention.none_blocked",
  "/products": "products.empty",
  "/listings": "listings.empty",
  "/logs": "logs.no_runs",
};

/** How Fairway answers, and what the screen must show then. */
const states = {
  "on its way": {
    answer: () => {},
    shows: () => screen.main().getByRole("progressbar").first().waitFor(),
    // What is not there yet has no heading yet.
    without: ["page-has-heading-one"],
  },
  failed: {
    answer: (route) => route.fulfill(problem(500, "internal_error")),
    shows: () => screen.heading("state.failed").first().waitFor(),
  },
  "not allowed": {
    answer: (route) => route.fulfill(problem(403, "role_too_low")),
    shows: () => screen.heading("state.forbidden").first().waitFor(),
  },
  nothing: {
    async answer(route) {
      const response = await route.fetch();
      const found = await response.json().catch(() => null);
      if (!Array.isArray(found?.items)) return route.fulfill({ response });
      return route.fulfill({ response, json: { ...found, items: [], next: null } });
    },
    async shows({ route }) {
      await settled(screen);
      if (route in kEmpty) await screen.heading(kEmpty[route]).first().waitFor();
      assert.equal(await screen.heading("state.failed").count(), 0);
    },
  },
};

async function answering(answer, steps) {
  const change = (route, request) =>
    request.method() === "GET" && !isAlways(request.url()) ? answer(route) : route.continue();
  await screen.page.route(/\/api\/v1\//, change);
  screen.seen.mayFail = true;
  try {
    await steps();
  } finally {
    // What is still on its way ends with its page.
    await screen.page.goto("about:blank");
    await screen.page.unrouteAll({ behavior: "ignoreErrors" });
    screen.seen.mayFail = false;
  }
}

/** Pages for who is not signed in ask for nothing. */
const inside = addresses(await screensOf(world)).filter(({ isOpen }) => !isOpen);

for (const [name, { answer, shows, without = [] }] of Object.entries(states))
  for (const address of inside)
    test(`${address.route}: ${name}`, { timeout: 60_000 }, () =>
      guard(`state ${name} ${address.route}`, [screen], () =>
        answering(answer, async () => {
          await screen.goto(address.path);
          await shows(address);
          await screen.still();
          assert.deepEqual(await findings(screen, { without }), []);
          assert.equal(await beyondOf(screen), 0, "scrolls sideways");
        }),
      ),
    );
