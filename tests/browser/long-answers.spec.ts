import { expect, test } from "./fixtures";
import { answer, ask, chunks, ended, openHome, seen, shownHtml } from "./page";

const LINES = Array.from({ length: 5_000 }, (_, n) => `const line${n} = "${n}";`);

const PARAGRAPHS = Array.from(
  { length: 400 },
  (_, n) => `Paragraph ${n} ${"tells of the sea and of those who sail it, ".repeat(6)}to the end.`,
);

test("a block of 5,000 lines of code arrives whole", async ({ page, ollama, scripted }) => {
  const source = LINES.join("\n");
  ollama.next({ chunks: chunks(`Here:\n\n\`\`\`ts\n${source}\n\`\`\`\n\nDone.`, 40), everyMs: 0 });
  await openHome(page);
  if (scripted) await page.evaluate(watchFrames);
  await ask(page, "Much code");
  await ended(page, 25_000);
  const code = answer(page).locator("pre:visible");
  expect(await seen(code)).toBe(source);
  if (scripted) expect(await page.evaluate(longestFrame)).toBeLessThan(1_500);
});

test("an answer of 100,000 characters arrives whole and in order", async ({
  page,
  ollama,
  scripted,
}) => {
  const text = PARAGRAPHS.join("\n\n");
  expect(text.length).toBeGreaterThan(100_000);
  ollama.next({ chunks: chunks(text, 40), everyMs: 0 });
  await openHome(page);
  if (scripted) await page.evaluate(watchFrames);
  await ask(page, "Much text");
  await ended(page, 25_000);
  const html = await shownHtml(page);
  expect(html.match(/<p>/g)?.length).toBe(PARAGRAPHS.length);
  expect(await seen(answer(page))).toBe(text);
  if (scripted) expect(await page.evaluate(longestFrame)).toBeLessThan(1_500);
});

interface Watching {
  longestFrame?: number;
}

/** Runs in the page: keeps the longest time between two frames, which is how long nothing answered. */
function watchFrames(): void {
  const page = window as unknown as Watching;
  let before = performance.now();
  page.longestFrame = 0;
  const frame = (now: number) => {
    page.longestFrame = Math.max(page.longestFrame ?? 0, now - before);
    before = now;
    requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
}

function longestFrame(): number {
  return (window as unknown as Watching).longestFrame ?? Number.POSITIVE_INFINITY;
}
