import type { Page } from "playwright/test";
import { expect, test } from "./fixtures";
import { ask, chooseTheme, ended, openHome, reads, reload } from "./page";

const LIGHT = "rgb(251, 250, 247)";
const DARK = "rgb(23, 22, 20)";

/** The page has this colour, and says so to the browser's own controls. */
async function isPaper(page: Page, colour: string): Promise<void> {
  await expect(page.locator("body")).toHaveCSS("background-color", colour);
  const scheme = colour === DARK ? /dark/ : /light/;
  await expect(page.locator("html")).toHaveCSS("color-scheme", scheme);
}

test("the theme that is chosen stays, on every page", async ({ page, ollama }) => {
  await openHome(page);
  await isPaper(page, LIGHT);
  await chooseTheme(page, "Dark");
  await isPaper(page, DARK);
  await expect(page.getByRole("button", { name: "Dark", pressed: true })).toBeVisible();
  ollama.next({ chunks: ["Good evening."] });
  await ask(page, "Hello");
  await ended(page);
  await isPaper(page, DARK);
  await reload(page);
  await isPaper(page, DARK);
  await page.getByRole("link", { name: "All conversations" }).click();
  await expect(page.getByRole("heading", { name: "Conversations" })).toBeVisible();
  await isPaper(page, DARK);
  await chooseTheme(page, "Light");
  await isPaper(page, LIGHT);
  await expect(page.getByRole("heading", { name: "Conversations" })).toBeVisible();
});

test("the default follows the system", async ({ page }) => {
  await page.emulateMedia({ colorScheme: "dark" });
  await openHome(page);
  await isPaper(page, DARK);
  await page.emulateMedia({ colorScheme: "light" });
  await isPaper(page, LIGHT);
  await chooseTheme(page, "Dark");
  await isPaper(page, DARK);
  await chooseTheme(page, "System");
  await isPaper(page, LIGHT);
});

test("the theme can change while an answer is being written", async ({ page, ollama }) => {
  ollama.next({ chunks: ["One. ", "Two."], holdAfter: 1 });
  await ask(page, "Count");
  await reads(page, "One.");
  await chooseTheme(page, "Dark");
  await isPaper(page, DARK);
  await reads(page, "One.");
  ollama.release();
  await ended(page);
  await reads(page, "One. Two.");
  await isPaper(page, DARK);
});
