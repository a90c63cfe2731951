// Every screen, light and dark, on a desk and on a telephone: axe finds nothing, nothing scrolls sideways,
// nothing is asked of another host, and what is loaded first is small.
import assert from "node:assert/strict";
import { test } from "node:test";

import { beyondOf, findings } from "./axe.mjs";
import { routesWithout, screensOf, settled } from "./screens.mjs";
import { fillWorld } from "./seed.mjs";
import { guard, narrow, Screen, wide } from "./walk.mjs";
import { administrator, newPerson } from "./world.mjs";

const kFirstLoadMax = 350_000;
const world = await fillWorld();
const screens = await screensOf(world);
const person = await newPerson({ role: "administrator", buyerData: true, name: "office" });
// One page for all of them, so that it need not load everything anew each time.
const known = await Screen.open("en", person);
const stranger = await Screen.open("en");
known.who = person.name;

test("every route is among the screens", () => assert.deepEqual(routesWithout(screens), []));

/** All four ways of showing it. Dark has the same elements as light in other colours. */
async function checkAll(screen) {
  const wrong = [];
  for (const [width, viewport] of Object.entries({ wide, narrow })) {
    await screen.page.setViewportSize(viewport);
    for (const colorScheme of ["light", "dark"]) {
      await screen.page.emulateMedia({ colorScheme });
      await screen.still();
      const found = await findings(screen, colorScheme === "dark" ? { only: ["color-contrast"] } : {});
      wrong.push(...found.map((each) => `${width}, ${colorScheme}: ${each}`));
    }
    const beyond = await beyondOf(screen);
    if (beyond > 0) wrong.push(`${width}: scrolls sideways by ${beyond} pixels`);
  }
  await screen.page.emulateMedia({ colorScheme: "light" });
  await screen.page.setViewportSize(wide);
  return wrong;
}

for (const { name, path, open, isOpen } of screens)
  test(`screen ${name}`, { timeout: 60_000 }, () => {
    const screen = isOpen ? stranger : known;
    return guard(`screen ${name}`, [screen], async () => {
      await screen.goto(path);
      await settled(screen);
      await open?.(screen);
      assert.deepEqual(await checkAll(screen), []);
    });
  });

test("what is loaded before and after signing in is small", { timeout: 60_000 }, async () => {
  const screen = await Screen.open("en");
  await guard("first load", [screen], async () => {
    const sizes = [];
    screen.page.on("requestfinished", (request) => {
      if (!request.url().includes("/api/")) sizes.push(request.sizes().then((each) => each.responseBodySize));
    });
    const loaded = async () => (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
    await screen.goto("/");
    await screen.button("sign_in.button").waitFor();
    const before = await loaded();
    await screen.signIn(administrator);
    await screen.page.getByRole("article", { name: "Amazon.it" }).waitFor();
    const after = await loaded();
    console.log(`first load: ${before} bytes before signing in, ${after} with the first screen`);
    assert.ok(after <= kFirstLoadMax, `${after} bytes are more than ${kFirstLoadMax}`);
  });
});
