import axe, { type AxeResults } from "axe-core";
import type { Page } from "playwright/test";
import { expect, test } from "./fixtures";
import { ask, chooseTheme, ended, openHome, openSidebar, reads } from "./page";

const WIDE = { width: 1280, height: 800 };
const PHONE = { width: 390, height: 844 };
const LOOKS = [
  { name: "light and wide", viewport: WIDE, colorScheme: "light" },
  { name: "dark and on a phone", viewport: PHONE, colorScheme: "dark" },
] as const;

/** Nothing serious or critical by axe-core, which runs outside the page's own policy. */
async function isAccessible(page: Page): Promise<void> {
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate(() =>
    (window as unknown as { axe: { run(): Promise<AxeResults> } }).axe.run(),
  );
  const grave = violations.filter(({ impact }) => impact === "serious" || impact === "critical");
  expect(
    grave.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join("\n")}`),
    page.url(),
  ).toEqual([]);
}

for (const { name, ...look } of LOOKS) {
  test.describe(name, { tag: "@script" }, () => {
    test.use(look);

    test("axe finds nothing grave on the pages of a conversation", async ({ page, ollama }) => {
      await openHome(page);
      await isAccessible(page);
      ollama.next({ chunks: ["### Tides\n\nTwice a day, `mostly`", " so."], holdAfter: 1 });
      await ask(page, "When?");
      await reads(page, "Tides\nTwice a day, mostly");
      await isAccessible(page);
      ollama.release();
      await ended(page);
      await isAccessible(page);
      for (const name of ["Edit", "Delete"]) {
        await page.locator(".person").getByRole("link", { name }).click();
        await expect(page.locator(".message-form, .confirmation")).toBeVisible();
        await isAccessible(page);
        await page.getByRole("link", { name: /Cancel|Keep/ }).click();
      }
      await page.goto("/conversations");
      await isAccessible(page);
    });

    test("axe finds nothing grave in the list, its menu and what it leads to", async ({
      page,
      ollama,
    }) => {
      ollama.next({ chunks: ["Half"], end: { error: "unexpected EOF" } });
      await ask(page, "Tides");
      await ended(page);
      await page.goto("/conversations");
      const dots = page.getByRole("main").getByRole("button", { name: "Actions for Tides" });
      const menu = page.getByRole("form", { name: "Actions" });
      await dots.click();
      await isAccessible(page);
      await menu.getByRole("link", { name: "Rename" }).click();
      await expect(page.getByLabel("Title")).toBeFocused();
      await isAccessible(page);
      await page.goto("/conversations");
      await dots.click();
      await menu.getByRole("button", { name: "Delete" }).click();
      await expect(page.getByRole("button", { name: "Undo" })).toBeVisible();
      await isAccessible(page);
      await page.goto("/conversations?show=archived");
      await isAccessible(page);
      await page.keyboard.press("?");
      await expect(page.getByRole("dialog")).toBeVisible();
      await isAccessible(page);
    });

    test("axe finds nothing grave on the page of patterns and of errors", async ({
      page,
      faults,
    }) => {
      faults.allow(/404/);
      for (const address of ["/patterns", "/no/such/place"]) {
        await page.goto(address);
        await isAccessible(page);
      }
    });
  });
}

test("axe finds nothing grave where no Ollama answers, or in the open column", {
  tag: "@script",
}, async ({ page, ollama, parley }) => {
  await page.setViewportSize(PHONE);
  await ollama.goAway();
  await parley.restart();
  await openHome(page);
  await isAccessible(page);
  await openSidebar(page);
  await chooseTheme(page, "Dark");
  await openSidebar(page);
  await isAccessible(page);
});
