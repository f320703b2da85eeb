import type { Page } from "playwright/test";
import { expect, test } from "./fixtures";
import { ask, ended, goBack, openHome, openSidebar } from "./page";

const column = (page: Page) => page.getByRole("form", { name: "Search from the column" });
const here = (page: Page) => page.getByRole("form", { name: "Search from here" });
const hits = (page: Page) => page.getByRole("main").locator("mark");

test("what was said is found, marked, and opened at the message", async ({ page, ollama }) => {
  for (const [prompt, answer] of [
    ["Who digs at night?", "The wombat digs.\n\n".repeat(40)],
    ["And who sleeps?", "The koala sleeps.\n\n".repeat(40)],
  ]) {
    ollama.next({ chunks: [answer ?? ""] });
    await ask(page, prompt ?? "");
    await ended(page);
  }
  await openHome(page);
  await column(page).getByRole("searchbox").fill("digs night ");
  await column(page).getByRole("searchbox").press("Enter");
  await expect(page.getByRole("heading", { name: "Search" })).toBeVisible();
  await expect(hits(page)).toHaveText(["digs", "night", "digs", "night"]);
  await here(page).getByRole("searchbox").fill('"wombat digs"');
  await here(page).getByRole("button", { name: "Search" }).click();
  await expect(hits(page).first()).toHaveText("wombat digs");
  await page.getByRole("main").getByRole("link", { name: "Who digs at night?" }).click();
  const found = page.locator(".message").filter({ hasText: "The wombat digs." }).last();
  await expect(found).toBeInViewport();
  await goBack(page);
  await expect(here(page).getByRole("searchbox")).toHaveValue('"wombat digs"');
  await expect(hits(page).first()).toHaveText("wombat digs");
});

test("a search without a hit says what to try, and the help tells the rest", async ({ page }) => {
  await page.goto("./conversations?q=nothing-like-it", { waitUntil: "commit" });
  await expect(page.getByText("Nothing found. Fewer words find more")).toBeVisible();
  await page.getByText("What one can search for").click();
  await expect(page.getByText("before:2026-05", { exact: true })).toBeVisible();
});

test("results come while one types, and one step leads back @script", async ({ page, ollama }) => {
  ollama.next({ chunks: ["Slowly."] });
  await ask(page, "How does a wombat walk?");
  await ended(page);
  const conversation = page.url();
  const box = column(page).getByRole("searchbox");
  await box.focus();
  await box.pressSequentially("womb", { delay: 30 });
  await expect(hits(page)).toHaveText(["womb", "womb"]);
  await expect(box).toBeFocused();
  await box.pressSequentially("at wa", { delay: 300 });
  await expect(hits(page)).toHaveText(["wombat", "wa", "wombat", "wa"]);
  await expect(box).toBeFocused();
  await expect(box).toHaveValue("wombat wa");
  await expect(page).toHaveURL(/q=wombat\+wa$/);
  await goBack(page);
  await expect(page).toHaveURL(conversation);
  await expect(page.getByText("Slowly.")).toBeVisible();
});

test.describe("on a phone", () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });

  test("the box is in the column and on the page", async ({ page, ollama }) => {
    ollama.next({ chunks: ["Slowly."] });
    await ask(page, "How does a wombat walk?");
    await ended(page);
    await openSidebar(page);
    const box = column(page).getByRole("searchbox");
    await box.fill("wombat");
    await box.press("Enter");
    await expect(hits(page).first()).toHaveText("wombat");
    await expect(here(page)).toBeInViewport();
    await expect(column(page)).toBeHidden();
  });
});
