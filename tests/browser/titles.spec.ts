import type { Page } from "playwright/test";
import { expect, test } from "./fixtures";
import { ask, composer, ended, openHome, reload } from "./page";

test.use({ args: ["--titles", "on"] });

const heading = (page: Page) => page.getByRole("heading", { level: 1 });
const entry = (page: Page, name: string) =>
  page.getByRole("navigation", { name: "Conversations" }).getByRole("link", { name, exact: true });

test("the title follows the first answer, and with script it comes by itself", async ({
  page,
  ollama,
  scripted,
}) => {
  ollama.next({ chunks: ["Twice a day."] });
  ollama.next({ chunks: ["The moon", " and the tides"], holdAfter: 1 });
  await openHome(page);
  await ask(page, "How often does the tide come?");
  await ended(page);
  await expect.poll(() => ollama.held()).toBe(1);
  await expect(heading(page)).toHaveText("How often does the tide come?");
  await composer(page).fill("Half a prompt");
  ollama.release();
  if (!scripted) {
    await expect.poll(() => ollama.active()).toBe(0);
    // The host has sent the title; Parley may still be saving it.
    await expect(async () => {
      await reload(page);
      await expect(heading(page)).toHaveText("The moon and the tides", { timeout: 1_000 });
    }).toPass();
  }
  await expect(heading(page)).toHaveText("The moon and the tides");
  await expect(page).toHaveTitle("The moon and the tides · Parley");
  await expect(entry(page, "The moon and the tides")).toBeVisible();
  if (!scripted) return;
  await expect(composer(page)).toHaveValue("Half a prompt");
  await expect(composer(page)).toBeFocused();
  await expect(page.locator(".auto-refresh")).toHaveCount(0);
});
