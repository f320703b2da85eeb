import type { Locator, Page } from "playwright/test";
import { expect, test } from "./fixtures";
import { ask, ended, open, openHome, openSidebar, reads } from "./page";

const main = (page: Page): Locator => page.getByRole("main");
const row = (page: Page, title: string): Locator =>
  main(page).getByRole("listitem").filter({ hasText: title });
const column = (page: Page): Locator => page.getByRole("navigation", { name: "Conversations" });

/** Does something from the menu that these three dots open. */
async function choose(page: Page, dots: Locator, word: string): Promise<void> {
  await dots.click();
  const menu = page.getByRole("form", { name: "Actions" });
  await menu.getByRole(word === "Rename" ? "link" : "button", { name: word, exact: true }).click();
}

const dotsOf = (place: Locator, title: string): Locator =>
  place.getByRole("button", { name: `Actions for ${title}` });

test.beforeEach(async ({ page, ollama }) => {
  for (const prompt of ["Rye bread", "Tides"]) {
    ollama.next({ chunks: ["Done."] });
    await openHome(page);
    await ask(page, prompt);
    await ended(page);
  }
});

test("a conversation is pinned to the top, and let go of", async ({ page }) => {
  await open(page, "/conversations");
  await choose(page, dotsOf(main(page), "Rye bread"), "Pin");
  await expect(main(page).getByRole("listitem").first()).toContainText("Rye bread");
  await expect(main(page).getByRole("heading", { name: "Pinned" })).toBeVisible();
  await expect(column(page).getByRole("heading", { name: "Pinned" })).toBeVisible();
  await choose(page, dotsOf(main(page), "Rye bread"), "Unpin");
  await expect(main(page).getByRole("listitem").first()).toContainText("Tides");
  await expect(page.getByRole("heading", { name: "Pinned" })).toHaveCount(0);
});

test("a conversation is renamed from its own page and stays there", async ({ page, faults }) => {
  faults.allow(/422/);
  const address = page.url().replace(/#.*/, "");
  await choose(page, dotsOf(page.getByRole("banner"), "Tides"), "Rename");
  const title = page.getByLabel("Title");
  await expect(title).toHaveValue("Tides");
  await expect(title).toBeFocused();
  await title.fill(" ");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(main(page)).toContainText("The title is empty.");
  await title.fill("The sea, twice a day");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page).toHaveURL(address);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("The sea, twice a day");
  await expect(page).toHaveTitle("The sea, twice a day · Parley");
  await expect(column(page).getByRole("link", { name: "The sea, twice a day" })).toBeVisible();
});

test("what is archived leaves the list and is found in the archive", async ({ page }) => {
  await choose(page, dotsOf(page.getByRole("banner"), "Tides"), "Archive");
  await expect(column(page).getByRole("link", { name: "Tides" })).toHaveCount(0);
  await reads(page, "Done.");
  await column(page).getByRole("link", { name: "All conversations" }).click();
  await expect(row(page, "Rye bread")).toBeVisible();
  await expect(row(page, "Tides")).toHaveCount(0);
  await main(page).getByRole("link", { name: "Archived conversations" }).click();
  await choose(page, dotsOf(main(page), "Tides"), "Unarchive");
  await expect(main(page)).toContainText("Nothing is archived.");
  await expect(column(page).getByRole("link", { name: "Tides" })).toBeVisible();
});

test("what is deleted can be taken back, and the offer goes by itself", async ({ page }) => {
  const address = page.url().replace(/#.*/, "");
  await choose(page, dotsOf(page.getByRole("banner"), "Tides"), "Delete");
  await expect(page.getByText("Deleted Tides")).toBeVisible();
  await expect(column(page).getByRole("link", { name: "Tides" })).toHaveCount(0);
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(page).toHaveURL(address);
  await reads(page, "Done.");
  await open(page, "/conversations");
  await choose(page, dotsOf(main(page), "Tides"), "Delete");
  await expect(row(page, "Tides")).toHaveCount(0);
  const notice = page.getByText("Deleted Tides");
  await expect(notice).toBeVisible();
  // Thirty seconds later.
  await page.locator(".deleted-notice").evaluate((element) => {
    for (const animation of element.getAnimations()) animation.finish();
  });
  await expect(notice).toBeHidden();
  await expect(page.getByRole("button", { name: "Undo" })).toBeHidden();
});

test("the menu closes with Escape and gives the focus back", async ({ page }) => {
  const dots = dotsOf(page.getByRole("banner"), "Tides");
  await dots.focus();
  await page.keyboard.press("Enter");
  const menu = page.getByRole("form", { name: "Actions" });
  await expect(menu).toBeVisible();
  await page.keyboard.press("Tab");
  await expect(menu.getByRole("link", { name: "Rename" })).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(menu).toBeHidden();
  await expect(dots).toBeFocused();
});

test("with script the list and the column follow what is being written", {
  tag: "@script",
}, async ({ page, context, ollama }) => {
  ollama.next({ chunks: ["Words ", "and more"], holdAfter: 1 });
  const other = await context.newPage();
  await open(other, "/conversations");
  await openHome(page);
  await ask(page, "Sailing");
  await other.reload();
  const entry = main(other).getByRole("link", { name: /Sailing/ });
  const inColumn = column(other).getByRole("link", { name: /Sailing/ });
  for (const link of [entry, inColumn]) {
    await expect(link).toHaveAccessibleName("An answer is being written: Sailing");
  }
  await dotsOf(main(other), "Rye bread").click();
  const menu = other.getByRole("form", { name: "Actions" });
  await expect(menu).toBeVisible();
  ollama.release();
  await ended(page);
  // An open menu stays, and what it stands in follows when it is closed.
  await expect(inColumn).toHaveAccessibleName("An answer is being written: Sailing");
  await expect(menu).toBeVisible();
  await other.keyboard.press("Escape");
  for (const link of [entry, inColumn]) await expect(link).toHaveAccessibleName("Sailing");
  await expect(other.locator(".auto-refresh")).toHaveCount(0);
});

test("with script an open column on a phone stays open while it follows", {
  tag: "@script",
}, async ({ page, ollama }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  ollama.next({ chunks: ["Words ", "and more"], holdAfter: 1 });
  await openHome(page);
  await ask(page, "Sailing");
  await openHome(page);
  await openSidebar(page);
  const link = column(page).getByRole("link", { name: /Sailing/ });
  await expect(link).toHaveAccessibleName("An answer is being written: Sailing");
  await link.focus();
  ollama.release();
  await expect(link).toHaveAccessibleName("Sailing");
  await expect(link).toBeFocused();
});
