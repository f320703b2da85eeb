import type { Page } from "playwright/test";
import { longText } from "../ollama/texts";
import { expect, test } from "./fixtures";
import { ask, ended, reads, stop } from "./page";

test.beforeEach(async ({ page, ollama }) => {
  ollama.next({ chunks: [longText(800)], everyMs: 0 });
  await ask(page, "Much");
  await ended(page);
});

/** The end of the conversation is in sight: the last thing said, above the composer. */
async function isAtTheEnd(page: Page): Promise<void> {
  await expect(page.locator(".message").last().locator(".foot-row")).toBeInViewport();
}

test("after sending, the answer is in view as it comes, and its end when it is done", async ({
  page,
  ollama,
}) => {
  ollama.next({ chunks: ["Short", " answer."], holdAfter: 1 });
  await ask(page, "And?");
  await reads(page, "Short");
  await expect(page.locator(".answer").getByText("Short").last()).toBeInViewport();
  ollama.release();
  await ended(page);
  await isAtTheEnd(page);
});

test("stopping an answer keeps the page at its end", async ({ page, ollama }) => {
  ollama.next({ chunks: ["Short", " answer."], holdAfter: 1 });
  await ask(page, "And?");
  await reads(page, "Short");
  await stop(page);
  await isAtTheEnd(page);
});

// Whether the page comes before or after the failure is a race, which must not be seen.
test("after sending, a failure is in view, however quick", async ({ page, ollama }) => {
  ollama.next({ refuse: { status: 403 } });
  await ask(page, "And?");
  await ended(page);
  await isAtTheEnd(page);
});
