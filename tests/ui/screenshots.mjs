// screenshots.mjs FOLDER [NAME ...]: pictures of all screens, or of these, as tools/screenshots makes them.
import { rmSync, mkdirSync, writeFileSync } from "node:fs";

import { screensOf, settled } from "./screens.mjs";
import { fillWorld } from "./seed.mjs";
import { closeBrowser, narrow, Screen, wide } from "./walk.mjs";
import { newPerson } from "./world.mjs";

const [folder, ...wanted] = process.argv.slice(2);
/** What is longer than this is cut. */
const kHeightMax = 1_300;
const kQuality = 50;
/** Shown in dark and in Italian, too. */
const kMore = [
  "stores",
  "dashboard",
  "amazon-orders",
  "amazon-order",
  "commerce-order-ship",
  "attention-blocked",
];

/** The page from its top; what is in sight of one that lies under a dialog or a menu, or was scrolled down. */
async function take(screen, file, isLower) {
  const { height, top, isAlone } = await screen.page.evaluate(() => ({
    height: document.documentElement.scrollHeight,
    top: window.scrollY,
    isAlone: document.querySelector("[role=dialog], [role=alertdialog], [role=menu]") === null,
  }));
  const isWhole = isAlone && !isLower;
  const size = screen.page.viewportSize();
  const clip = {
    x: 0,
    y: isWhole ? 0 : top,
    width: size.width,
    height: isWhole ? Math.min(height, kHeightMax) : size.height,
  };
  const browser = await screen.context.newCDPSession(screen.page);
  const { data } = await browser.send("Page.captureScreenshot", {
    format: "webp",
    quality: kQuality,
    captureBeyondViewport: isWhole,
    clip: { ...clip, scale: 1 },
  });
  await browser.detach();
  writeFileSync(`${folder}/${file}.webp`, Buffer.from(data, "base64"));
}

/** Each picture begins with the page itself, so that none depends on another. */
async function picture(
  { path, open, isOpen, isLower = false },
  person,
  { language = "en", viewport, colorScheme = "light", file },
) {
  const screen = await Screen.open(language, isOpen ? undefined : person, { viewport: wide, colorScheme });
  screen.who = person.name;
  await screen.goto(path);
  await settled(screen);
  await open?.(screen);
  await screen.page.setViewportSize(viewport);
  await settled(screen);
  // Another width puts everything in another place.
  if (isLower) await open(screen);
  await screen.page.evaluate(
    () => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))),
  );
  await screen.still();
  await take(screen, file, isLower);
  await screen.close();
}

const filesOf = (name) => [
  name,
  `${name}.narrow`,
  ...(kMore.includes(name) ? [`${name}.dark`, `${name}.italian`] : []),
];

/** The page that shows all pictures. */
function writeIndex(screens) {
  const sections = screens.map(({ name }) => {
    const pictures = filesOf(name).map((file) => `<img src="${file}.webp" alt="${file}" height="400">`);
    return `## ${name}\n\n${pictures.join("\n")}\n`;
  });
  const intro =
    "Made by `tools/screenshots`, with the sandbox's orders: at 1440 and at 390 pixels, some in dark and in\n" +
    "Italian. What is longer is cut.\n";
  writeFileSync(`${folder}/README.md`, ["# The screens\n", intro, ...sections].join("\n"));
}

const screens = await screensOf(await fillWorld());
const person = await newPerson({ role: "administrator", buyerData: true, name: "office" });
if (wanted.length === 0) rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
for (const screen of screens.filter(({ name }) => wanted.length === 0 || wanted.includes(name))) {
  const { name } = screen;
  await picture(screen, person, { viewport: wide, file: name });
  await picture(screen, person, { viewport: narrow, file: `${name}.narrow` });
  if (!kMore.includes(name)) continue;
  await picture(screen, person, { viewport: wide, colorScheme: "dark", file: `${name}.dark` });
  await picture(screen, person, { viewport: wide, language: "it", file: `${name}.italian` });
}
if (wanted.length === 0) writeIndex(screens);
await closeBrowser();
