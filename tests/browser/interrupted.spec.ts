import { expect, test } from "./fixtures";
import { startNetwork } from "./network";
import {
  ask,
  composer,
  continueAnswer,
  ended,
  open,
  reads,
  reload,
  send,
  sendButton,
  words,
} from "./page";

/** What Chromium writes into the console when a connection breaks. */
const BROKEN = /net::ERR_|network error|Failed to fetch/;

test("a network that drops and comes back loses and repeats nothing", async ({
  page,
  ollama,
  parley,
  scripted,
  faults,
}) => {
  const line = await startNetwork(parley.url);
  faults.allow(BROKEN);
  faults.allow(new RegExp(`^request: ${line.url}/`));
  ollama.next({ chunks: ["One.\n\n", "Two ", "is half ", "done.\n\n", "Three."], holdAfter: 3 });
  await open(page, line.url);
  await ask(page, "Count");
  await reads(page, "One.\n\nTwo is half");
  line.cut();
  ollama.release();
  await expect.poll(() => ollama.active()).toBe(0);
  await reads(page, "One.\n\nTwo is half");
  const notice = page.getByText("The connection is lost.");
  if (scripted) await expect(notice).toBeVisible();
  line.mend();
  if (!scripted) await reload(page);
  await expect(page.getByText("Three.", { exact: true })).toBeVisible({ timeout: 15_000 });
  await ended(page);
  await reads(page, "One.\n\nTwo is half done.\n\nThree.");
  await expect(notice).toHaveCount(0);
  await line.stop();
});

test("after a crash what was written is there, and can be continued", async ({
  page,
  ollama,
  parley,
  scripted,
  faults,
}) => {
  faults.allow(BROKEN);
  const chunks = Array.from({ length: 12 }, (_, n) => `word${n} `);
  ollama.next({ chunks: [...chunks, "never"], everyMs: 60, holdAfter: chunks.length });
  await ask(page, "Tell me");
  await reads(page, chunks.join("").trim());
  await parley.restart();
  if (!scripted) await reload(page);
  await expect(page.getByText("Interrupted", { exact: true })).toBeVisible({ timeout: 15_000 });
  const kept = await words(page);
  // The last batch may be lost, no more.
  expect(kept).toMatch(/^word0word1word2/);
  expect(chunks.join("").replaceAll(" ", "")).toContain(kept);
  ollama.next({ chunks: ["and the end."] });
  await continueAnswer(page);
  await expect.poll(() => words(page)).toBe(`${kept}andtheend`);
  await ended(page);
});

test("an answer that has ended gets its actions, though its page could not be had at once", {
  tag: "@script",
}, async ({ page, ollama, faults }) => {
  faults.allow(BROKEN);
  faults.allow(/^request: /);
  ollama.next({ chunks: ["One. ", "Two."], holdAfter: 1 });
  await ask(page, "Count");
  await reads(page, "One.");
  let refused = 0;
  await page.route("**/conversations/*", (route) => {
    refused++;
    return refused === 1 ? route.abort("connectionrefused") : route.continue();
  });
  ollama.release();
  await expect(page.getByText("Parley does not answer.")).toBeVisible();
  await ended(page);
  expect(refused).toBeGreaterThan(1);
  await expect(page.getByText("Parley does not answer.")).toHaveCount(0);
  await reads(page, "One. Two.");
});

test("a prompt that does not reach Parley stays in the box, with a notice", {
  tag: "@script",
}, async ({ page, ollama, parley, faults }) => {
  const line = await startNetwork(parley.url);
  faults.allow(BROKEN);
  faults.allow(new RegExp(`^request: ${line.url}/`));
  await page.goto(line.url);
  line.cut();
  await send(page, "Do not lose this");
  await expect(page.getByText("Parley does not answer.")).toBeVisible();
  await expect(composer(page)).toHaveValue("Do not lose this");
  line.mend();
  ollama.next({ chunks: ["It is here."] });
  await sendButton(page).click();
  await reads(page, "It is here.");
  await expect(page.getByText("Parley does not answer.")).toHaveCount(0);
  await line.stop();
});

test("a page that was hidden for a while shows all of it, once", { tag: "@script" }, async ({
  page,
  ollama,
}) => {
  ollama.next({ chunks: ["One.\n\n", "Two ", "is half ", "done.\n\n", "Three."], holdAfter: 3 });
  await ask(page, "Count");
  await reads(page, "One.\n\nTwo is half");
  await page.evaluate(setHidden, true);
  ollama.release();
  await expect.poll(() => ollama.active()).toBe(0);
  await page.evaluate(setHidden, false);
  await ended(page);
  await reads(page, "One.\n\nTwo is half done.\n\nThree.");
});

/** Runs in the page: tells it what a phone tells it that goes to sleep or wakes. */
function setHidden(hidden: boolean): void {
  Object.defineProperty(document, "hidden", { configurable: true, get: () => hidden });
  const visibilityState = hidden ? "hidden" : "visible";
  Object.defineProperty(document, "visibilityState", {
    configurable: true,
    get: () => visibilityState,
  });
  document.dispatchEvent(new Event("visibilitychange"));
}

test("an event stream that could not begin is begun again", { tag: "@script" }, async ({
  page,
  ollama,
  faults,
}) => {
  faults.allow(BROKEN);
  faults.allow(/^request: /);
  ollama.next({ chunks: ["One ", "and two."], holdAfter: 1 });
  let refused = 0;
  await page.route("**/events?**", (route) => (refused++ === 0 ? route.abort() : route.continue()));
  await send(page, "Count");
  await expect(page.getByText("The connection is lost.")).toBeVisible();
  ollama.release();
  await ended(page);
  await reads(page, "One and two.");
  expect(refused).toBeGreaterThan(0);
});
