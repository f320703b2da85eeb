import type { Locator, Page } from "playwright/test";
import { expect, test } from "./fixtures";
import {
  ask,
  chunks,
  composer,
  ended,
  reads,
  reload,
  seen,
  sendButton,
  sendNextButton,
  sideways,
  stop,
  stopButton,
} from "./page";

/** The prompts that wait, as they are seen. */
const waiting = (page: Page): Locator =>
  page.getByRole("region", { name: "Waiting prompts" }).getByRole("listitem");

/** Writes a prompt while an answer is being written, and sends it to wait. */
async function sendNext(page: Page, prompt: string): Promise<void> {
  const before = await waiting(page).count();
  await composer(page).fill(prompt);
  await sendNextButton(page).click();
  await expect(waiting(page)).toHaveCount(before + 1);
  await expect(composer(page)).toHaveValue("");
}

test.beforeEach(async ({ page, ollama }) => {
  ollama.next({ chunks: ["One", " is done."], holdAfter: 1 });
  await ask(page, "First");
  await reads(page, "One");
});

test("prompts sent while an answer is written wait in order, and are answered by themselves", async ({
  page,
  ollama,
}) => {
  await sendNext(page, "Second");
  await reads(page, "One");
  await sendNext(page, "Third");
  await expect(waiting(page)).toContainText(["Second", "Third"]);
  await expect(waiting(page).last()).toBeInViewport();
  ollama.next({ chunks: ["Two", " is done."], holdAfter: 1 });
  ollama.release();
  await reads(page, "Two");
  await expect(page.locator(".person")).toHaveText([/First/, /Second/]);
  await expect(waiting(page)).toHaveCount(1);
  await expect(waiting(page)).toContainText("Third");
  await expect(stopButton(page)).toBeVisible();
  ollama.next({ chunks: ["Three."] });
  ollama.release();
  await ended(page);
  await reads(page, "Three.");
  await expect(page.locator(".person")).toHaveText([/First/, /Second/, /Third/]);
  await expect(waiting(page)).toHaveCount(0);
  const answers = () => page.locator(".answer:visible").allInnerTexts();
  const before = await answers();
  await reload(page);
  await ended(page);
  expect(await answers()).toEqual(before);
});

test("a withdrawn prompt is back in the box, with what was being typed there", async ({
  page,
  ollama,
}) => {
  await sendNext(page, "Second");
  await sendNext(page, "Third");
  await composer(page).fill("Half a th");
  await waiting(page).first().getByRole("button", { name: "Withdraw" }).click();
  await expect(waiting(page)).toHaveCount(1);
  await expect(composer(page)).toHaveValue("Second\n\nHalf a th");
  await reads(page, "One");
  await composer(page).fill("Second, but better");
  ollama.always({ chunks: ["Yes."] });
  ollama.release();
  await expect(page.locator(".person")).toHaveCount(2);
  await ended(page);
  await expect(composer(page)).toHaveValue("Second, but better");
});

test("a waiting prompt is edited in its place", async ({ page, ollama }) => {
  await sendNext(page, "Second");
  await sendNext(page, "Third");
  await waiting(page).first().getByRole("link", { name: "Edit" }).click();
  await expect(page.getByRole("heading", { name: "Edit a waiting prompt" })).toBeVisible();
  const box = page.getByLabel("Waiting prompt");
  await expect(box).toHaveValue("Second");
  await box.fill("Second in other words");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(waiting(page)).toContainText(["Second in other words", "Third"]);
  await reads(page, "One");
  ollama.always({ chunks: ["Yes."] });
  ollama.release();
  await ended(page);
  await expect(page.locator(".person")).toHaveText([/First/, /Second in other words/, /Third/]);
});

test("an edit of a prompt that was sent meanwhile comes back in the conversation's box", async ({
  page,
  ollama,
  faults,
}) => {
  faults.allow(/409/);
  await sendNext(page, "Second");
  await waiting(page).getByRole("link", { name: "Edit" }).click();
  ollama.always({ chunks: ["Yes."] });
  ollama.release();
  await expect.poll(() => ollama.chats().length).toBe(2);
  await expect.poll(() => ollama.active()).toBe(0);
  await page.getByLabel("Waiting prompt").fill("My new words");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("This prompt waits no longer")).toBeVisible();
  await expect(composer(page)).toHaveValue("My new words");
  await sendButton(page).click();
  await expect(page.locator(".person")).toHaveText([/First/, /Second/, /My new words/]);
});

test("after Stop prompts hold, say why, and go when they are sent", async ({ page, ollama }) => {
  await sendNext(page, "Second");
  await sendNext(page, "Third");
  await stop(page);
  await expect(page.getByText("The answer was stopped, so what was to follow waits")).toBeVisible();
  await expect(waiting(page)).toHaveCount(2);
  ollama.always({ chunks: ["Yes."] });
  await waiting(page).first().getByRole("button", { name: "Send now" }).click();
  await expect(page.locator(".person")).toHaveText([/First/, /Second/, /Third/]);
  await ended(page);
  await expect(waiting(page)).toHaveCount(0);
});

test("what is being typed stays when the answer ends, and when it is stopped", async ({
  page,
  ollama,
}) => {
  await sendNext(page, "Second");
  await composer(page).fill("While it writes");
  ollama.next({ chunks: ["Two", " never"], holdAfter: 1 });
  ollama.release();
  await reads(page, "Two");
  await expect(composer(page)).toHaveValue("While it writes");
  await stop(page);
  await expect(composer(page)).toHaveValue("While it writes");
  ollama.next({ chunks: ["Three."] });
  await sendButton(page).click();
  await reads(page, "Three.");
  await expect(page.locator(".person").last()).toContainText("While it writes");
});

test("a prompt that waits does not disturb the answer", async ({ page, ollama }) => {
  await stop(page);
  const text =
    "It **goes** on, word by word:\n\n- one\n- two\n\n```sh\nls -l\n```\n\nand so it ends.";
  const all = chunks(text, 3);
  ollama.next({ chunks: all, everyMs: 40, holdAfter: all.length - 2 });
  await ask(page, "Tell me");
  await expect(page.getByText("It goes").last()).toBeVisible();
  await sendNext(page, "Second");
  await sendNext(page, "Third");
  ollama.always({ chunks: ["Yes."] });
  await expect.poll(() => ollama.held(), { timeout: 15_000 }).toBe(1);
  ollama.release();
  await ended(page);
  const second = page.locator(".message .answer:visible").nth(1);
  const live = await seen(second);
  await reload(page);
  await ended(page);
  expect(await seen(second)).toBe(live);
  expect(live).toContain("and so it ends.");
});

test("on a phone everything has its place", async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await sendNext(page, "A_long_word_without_a_space_".repeat(8));
  await sendNext(page, "Third");
  expect(await sideways(page)).toBe(0);
  await expect(stopButton(page)).toBeInViewport({ ratio: 1 });
  await expect(composer(page)).toBeInViewport({ ratio: 1 });
  await expect(waiting(page).last()).toBeInViewport();
  await stop(page);
});
