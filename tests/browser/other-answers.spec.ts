import type { Page } from "playwright/test";
import type { ScriptedOllama } from "../ollama/host";
import { expect, test } from "./fixtures";
import { ask, composer, ended, reads, regenerate, reload } from "./page";

const OTHER = "1 other answer is being written.";
const HELD = { chunks: ["Tails", " again."], holdAfter: 1 };
const head = (page: Page) => page.getByRole("region", { name: "Other answers" });
const mark = (page: Page) => page.locator(".sidebar .entry[aria-current] .mark");
const ownStop = (page: Page) => page.getByRole("button", { name: "Stop", exact: true });

/** Leaves an answer being written on another branch than the page's. */
async function leaveOneWriting(page: Page, ollama: ScriptedOllama): Promise<void> {
  ollama.next({ chunks: ["Heads."] });
  await ask(page, "Flip a coin");
  await ended(page);
  await page.getByRole("link", { name: "Edit" }).click();
  await page.getByLabel("Your prompt").fill("Flip another");
  ollama.next(HELD);
  await page.locator(".message-form").getByRole("button", { name: "Send" }).click();
  await reads(page, "Tails");
  await page.getByRole("button", { name: "Previous alternative" }).click();
  await reads(page, "Heads.");
}

test("an edit ends what it replaces", async ({ page, ollama }) => {
  ollama.next({ chunks: ["Heads", "."], holdAfter: 1 });
  await ask(page, "Flip a coin");
  await reads(page, "Heads");
  await page.getByRole("link", { name: "Edit" }).click();
  await page.getByLabel("Your prompt").fill("Roll a die");
  ollama.next({ chunks: ["Six."] });
  await page.locator(".message-form").getByRole("button", { name: "Send" }).click();
  await reads(page, "Six.");
  await ended(page);
  await expect(head(page)).toHaveCount(0);
  expect(ollama.active()).toBe(0);
  await page.getByRole("button", { name: "Previous alternative" }).click();
  await reads(page, "Heads");
  await expect(page.locator(".end").getByText("Stopped")).toBeVisible();
});

test("an answer on another branch is mentioned, and Show leads to it", async ({ page, ollama }) => {
  await leaveOneWriting(page, ollama);
  await expect(head(page)).toContainText(OTHER);
  await expect(head(page)).toBeInViewport();
  await expect(mark(page)).toHaveClass(/writing/);
  await head(page).getByRole("link", { name: "Show" }).click();
  await reads(page, "Tails");
  await expect(head(page)).toHaveCount(0);
  ollama.release();
  await reads(page, "Tails again.");
  await ended(page);
  await expect(mark(page)).toBeHidden();
});

test("it can be stopped from there, and typed text stays", async ({ page, ollama }) => {
  await leaveOneWriting(page, ollama);
  await composer(page).fill("Half a thought");
  await head(page).getByRole("button", { name: "Stop" }).click();
  await expect(head(page)).toHaveCount(0);
  await expect.poll(() => ollama.active()).toBe(0);
  await reads(page, "Heads.");
  await expect(composer(page)).toHaveValue("Half a thought");
  await expect(mark(page)).toHaveCount(0);
});

test("it is no longer mentioned when it has ended", async ({ page, ollama, scripted }) => {
  await leaveOneWriting(page, ollama);
  await expect(head(page)).toContainText(OTHER);
  ollama.release();
  if (!scripted) {
    await expect.poll(() => ollama.active()).toBe(0);
    await reload(page);
  }
  await expect(head(page)).toHaveCount(0);
  await expect(mark(page)).toHaveCount(0);
  await reads(page, "Heads.");
});

test("Stop and Escape end the answer on the page, and the other goes on", async ({
  page,
  ollama,
  scripted,
}) => {
  await leaveOneWriting(page, ollama);
  ollama.next({ chunks: ["Edge", "."], holdAfter: 1 });
  await regenerate(page);
  await reads(page, "Edge");
  await expect(head(page)).toContainText(OTHER);
  if (scripted) await page.keyboard.press("Escape");
  else await ownStop(page).click();
  await expect(ownStop(page)).toBeHidden();
  await reads(page, "Edge");
  await expect(head(page)).toContainText(OTHER);
  await expect(mark(page)).toHaveClass(/writing/);
  expect(ollama.active()).toBe(1);
});

test.describe("with one answer at a time", () => {
  test.use({ args: ["--parallel", "1"] });

  test("a queued answer is marked in the list", async ({ page, ollama }) => {
    ollama.next({ chunks: ["Heads."] });
    await ask(page, "Flip a coin");
    await ended(page);
    const address = page.url().replace(/[?#].*/, "");
    await page.goto("./");
    ollama.next(HELD);
    await ask(page, "Something else");
    await reads(page, "Tails");
    await page.goto(address);
    await regenerate(page);
    await expect(page.locator(".status:visible").last()).toContainText("in the queue");
    const answers = await page.locator(".message.assistant").last().getAttribute("id");
    await page.goto(`${address}/../../messages/${answers?.slice(2)}/delete`);
    await page.getByRole("link", { name: "Keep" }).click();
    await expect(mark(page)).toHaveClass(/queued/);
    const box = await mark(page).boundingBox();
    expect(box?.height).toBeLessThan(12);
  });
});

test.describe("in a document that streams", { tag: "@no-script" }, () => {
  test("an answer that has ended is no longer mentioned at the end", async ({ page, ollama }) => {
    await leaveOneWriting(page, ollama);
    ollama.next({ chunks: ["Edge", "."], holdAfter: 1 });
    await regenerate(page);
    await reads(page, "Edge");
    await expect(head(page)).toContainText(OTHER);
    await page.evaluate(() => document.documentElement.setAttribute("data-same", ""));
    await expect(head(page)).toBeInViewport();
    ollama.release();
    await ended(page);
    await expect(page.locator("html[data-same]")).toHaveCount(1);
    await expect(page.locator(".others:visible")).toHaveCount(0);
    await expect(mark(page)).toBeHidden();
  });
});
