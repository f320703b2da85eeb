import { existsSync, statSync } from "node:fs";
import type { Page } from "playwright/test";
import type { Scenario, ScriptedOllama } from "../ollama/host";
import { expect, test } from "./fixtures";
import { answer, ask, ended, openHome, stopButton } from "./page";

/** The pictures of the README: `UPDATE_PICTURES=1 bun run playwright test screenshots` takes them anew. */
const FOLDER = "tests/browser/pictures";
const UPDATE = process.env.UPDATE_PICTURES === "1";
const LARGEST = 200 * 1024;

const ANSWER = `### Two high tides a day

The moon pulls on the near side of the Earth **more** than on its centre, and on the far side *less*. So there are two bulges:

1. one below the moon, where the water is drawn towards it;
2. one on the other side, where the water is left behind.

The difference falls with the cube of the distance, $a \\approx 2GMr / d^3$, which is why the sun counts for less than half:

| body | mass in kg | distance in km | pull on the tide |
| :--- | ---: | ---: | ---: |
| Moon | 7.3 × 10²² | 384,400 | 1.00 |
| Sun | 2.0 × 10³⁰ | 149,600,000 | 0.46 |

The Earth turns below the bulges, and the moon moves on meanwhile, so the next high tide is late:

\`\`\`ts
const lunarDay = 24 * 60 + 50; // minutes
const untilNextTide = lunarDay / 2; // 12 h 25 min
\`\`\``;

/** What a graphics card for the home would report. */
const STATS = { eval_count: 287, eval_duration: 6_900_000_000, load_duration: 0 };

/** What was asked and answered before somebody looks for it. */
const SAID = [
  ["A loaf of rye bread", "Mix 500 g of rye flour with the sourdough and let it rise overnight."],
  ["What does chmod 640 allow?", "The owner reads and writes, the group reads, others do nothing."],
  [
    "Packing list for three days of sailing",
    "Oilskins, a harness, charts of the bay, the almanac with its tide tables, and tea.",
  ],
  [
    "Why is the beach wider in the morning?",
    "The tide was out. It turns about every six hours, so by noon the water is back at the steps.",
  ],
  [
    "Plan a walk to the island and back",
    "Start two hours before low tide, when the causeway falls dry, and be back two hours after it.",
  ],
  [
    "How tides work, for a ten-year-old",
    "The moon pulls at the sea. Where it pulls most the water rises, and we call that high tide.",
  ],
] as const;

test.describe("the pictures of the README", { tag: "@script" }, () => {
  test("a finished conversation, wide and light", async ({ page, ollama }) => {
    await page.setViewportSize({ width: 1280, height: 1030 });
    await begin(page, ollama);
    ollama.next({ chunks: [ANSWER], promptMs: 300, stats: STATS });
    await ask(page, "Why does the tide come twice a day?");
    await ended(page);
    await expect(page.getByRole("table")).toBeVisible();
    await expect(answer(page).locator(".hljs-keyword").first()).toBeVisible();
    await expect(answer(page).locator("math")).toBeVisible();
    await page.evaluate(() => (document.activeElement as HTMLElement).blur());
    await take(page, "conversation");
  });

  test("what a search finds, wide and light", async ({ page, ollama }) => {
    await page.setViewportSize({ width: 1280, height: 760 });
    for (const [prompt, text] of SAID) {
      ollama.next({ chunks: [text], everyMs: 0 });
      await openHome(page);
      await ask(page, prompt);
      await ended(page);
    }
    await page.goto("conversations?q=tide");
    await expect(page.getByRole("heading", { name: "Messages" })).toBeVisible();
    await expect(page.locator(".snippet mark")).not.toHaveCount(0);
    await page.evaluate(() => (document.activeElement as HTMLElement).blur());
    await take(page, "search");
  });

  test.describe("on a phone", () => {
    test.use({
      viewport: { width: 390, height: 844 },
      hasTouch: true,
      isMobile: true,
      colorScheme: "dark",
    });

    test("an answer that is being written, dark", async ({ page, ollama }) => {
      const half = ANSWER.indexOf(" than half");
      const chunks = [ANSWER.slice(0, half), ANSWER.slice(half)];
      ollama.next({ chunks, holdAfter: 1 });
      await ask(page, "Why does the tide come twice a day?");
      await expect.poll(() => ollama.held()).toBe(1);
      await expect(answer(page).getByRole("listitem")).toHaveCount(2);
      await expect(stopButton(page)).toBeInViewport({ ratio: 1 });
      await take(page, "phone");
    });
  });
});

/** A few older conversations for the column beside the page. */
async function begin(page: Page, ollama: ScriptedOllama): Promise<void> {
  const short: Scenario = { chunks: ["Done."], everyMs: 0 };
  for (const prompt of ["A loaf of rye bread", "What does chmod 640 allow?", "Haiku about rain"]) {
    ollama.next(short);
    await openHome(page);
    await ask(page, prompt);
    await ended(page);
  }
  await openHome(page);
}

/** Takes the picture where that was asked for; else it must be there. Either way it must be small. */
async function take(page: Page, name: string): Promise<void> {
  const path = `${FOLDER}/${name}.png`;
  if (UPDATE) await page.screenshot({ path, animations: "disabled" });
  expect(existsSync(path), `${path} is there`).toBe(true);
  expect(statSync(path).size).toBeLessThan(LARGEST);
}
