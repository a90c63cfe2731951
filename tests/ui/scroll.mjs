// scroll.mjs: scrolls the list of orders faster than a hand does and looks at every frame whether the grid is
// full of rows. FAIRWAY_URL, FAIRWAY_USER, FAIRWAY_PASSWORD and FAIRWAY_BROWSER say where and with what. Prints
// one line of figures.
import { chromium } from "playwright-core";

const { FAIRWAY_URL, FAIRWAY_USER, FAIRWAY_PASSWORD, FAIRWAY_BROWSER } = process.env;
const kRows = 3_000;
const kPxPerFrame = 200;

const browser = await chromium.launch({
  executablePath: FAIRWAY_BROWSER,
  args: ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"],
});
const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
await page.goto(`${FAIRWAY_URL}/sign-in`);
await page.locator("input[name=name], input[autocomplete=username]").fill(FAIRWAY_USER);
await page.locator("input[type=password]").fill(FAIRWAY_PASSWORD);
await page.keyboard.press("Enter");
await page.waitForURL((url) => !url.pathname.startsWith("/sign-in"));
await page.goto(`${FAIRWAY_URL}/amazon-orders`);
await page.getByRole("rowheader").first().waitFor();

const seen = await page.evaluate(
  async ({ rowsWanted, step }) => {
    const grid = document.querySelector("[role=grid]");
    const scrolls = (each) => each.scrollHeight > each.clientHeight + 100;
    const scroller = [grid, ...grid.querySelectorAll("*")].find(scrolls) ?? grid.parentElement;
    const kRowPx = grid
      .querySelector("[role=rowheader]")
      .closest("[role=row]")
      .getBoundingClientRect().height;
    const figures = { frames: 0, blank: 0, waits: 0, longestWaitMs: 0, longestFrameMs: 0 };
    /** Of the window of the grid, what no row with a text covers. */
    const uncovered = () => {
      const frame = scroller.getBoundingClientRect();
      const covers = [...grid.querySelectorAll("[role=row]")]
        .filter((row) => row.textContent !== "")
        .map((row) => row.getBoundingClientRect())
        .map(({ top, bottom }) => [Math.max(top, frame.top), Math.min(bottom, frame.bottom)])
        .filter(([top, bottom]) => bottom > top)
        .sort(([a], [b]) => a - b);
      let at = frame.top;
      let gap = 0;
      for (const [top, bottom] of covers) {
        gap += Math.max(0, top - at);
        at = Math.max(at, bottom);
      }
      return gap + Math.max(0, frame.bottom - at);
    };
    const nextFrame = () => new Promise((drawn) => requestAnimationFrame(drawn));
    const begun = performance.now();
    let last = begun;
    let waitsSince = null;
    while (scroller.scrollTop < rowsWanted * kRowPx && performance.now() - begun < 120_000) {
      scroller.scrollTop += step;
      await nextFrame();
      await new Promise((painted) => setTimeout(painted, 0));
      const now = performance.now();
      ++figures.frames;
      figures.longestFrameMs = Math.max(figures.longestFrameMs, now - last);
      last = now;
      // The next page is on its way, and says so.
      const isAtEnd = scroller.scrollTop + scroller.clientHeight >= scroller.scrollHeight - 2 * kRowPx;
      if (isAtEnd) {
        ++figures.waits;
        waitsSince ??= now;
        figures.longestWaitMs = Math.max(figures.longestWaitMs, now - waitsSince);
        continue;
      }
      waitsSince = null;
      if (uncovered() > kRowPx) ++figures.blank;
    }
    return { ...figures, rows: Math.round(scroller.scrollTop / kRowPx), tookMs: performance.now() - begun };
  },
  { rowsWanted: kRows, step: kPxPerFrame },
);
await browser.close();
console.log(
  `scroll: rows=${seen.rows} rows_per_s=${Math.round((seen.rows * 1000) / seen.tookMs)} frames=${seen.frames} ` +
    `blank_frames=${seen.blank} frames_waiting=${seen.waits} longest_wait_ms=${Math.round(seen.longestWaitMs)} ` +
    `longest_frame_ms=${Math.round(seen.longestFrameMs)}`,
);
