// What axe finds wrong with a page as it stands.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const source = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** Of these rules alone, or of all but some. */
export async function findings(screen, { only, without = [] } = {}) {
  await screen.page.evaluate(source);
  return screen.page.evaluate(
    async ({ only, without }) => {
      // What Spectrum has read aloud names a button that may be gone by now; it empties itself soon.
      const where = { exclude: "[data-live-announcer]" };
      const { violations } = await window.axe.run(where, {
        resultTypes: ["violations"],
        ...(only !== undefined && { runOnly: { type: "rule", values: only } }),
        rules: Object.fromEntries(without.map((rule) => [rule, { enabled: false }])),
      });
      return violations.map(
        ({ id, nodes }) => `${id}: ${nodes.map((node) => node.html.slice(0, 200)).join(" | ")}`,
      );
    },
    { only, without },
  );
}

/** By how many pixels the page scrolls sideways. */
export const beyondOf = (screen) =>
  screen.page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
