import type { Page } from "playwright/test";
import { expect, test } from "./fixtures";
import { ask, composer, ended, open, openHome, reads, stopButton } from "./page";

const heading = (page: Page) => page.getByRole("heading", { level: 1 });
const sheet = (page: Page) => page.getByRole("dialog", { name: "Keyboard shortcuts" });
const mention = (page: Page) => page.getByRole("button", { name: "Keyboard shortcuts" });

/** Puts the focus where nobody writes. */
const rest = (page: Page) => page.evaluate(() => (document.activeElement as HTMLElement).blur());

test.describe("single keys", { tag: "@script" }, () => {
  test.beforeEach(async ({ page, ollama }) => {
    for (const prompt of ["First", "Second", "Third"]) {
      ollama.next({ chunks: [`${prompt} answer.`] });
      await openHome(page);
      await ask(page, prompt);
      await ended(page);
    }
    await rest(page);
  });

  test("lead down and up the column, to a new conversation and to the search", async ({ page }) => {
    await page.keyboard.press("j");
    await expect(heading(page)).toHaveText("Second");
    await page.keyboard.press("j");
    await expect(heading(page)).toHaveText("First");
    await page.keyboard.press("j");
    await page.keyboard.press("k");
    await expect(heading(page)).toHaveText("Second");
    await page.keyboard.press("n");
    await expect(page).toHaveURL(/\/$/);
    await page.keyboard.press("j");
    await expect(heading(page)).toHaveText("Third");
    await page.keyboard.press("s");
    await expect(page.getByRole("searchbox").first()).toBeFocused();
  });

  test("put the last prompt in other words", async ({ page }) => {
    await page.keyboard.press("e");
    await expect(page.getByRole("main").getByRole("textbox").first()).toHaveValue("Third");
  });

  test("are letters in a text box, and the browser's with Ctrl, Alt or Meta", async ({ page }) => {
    await composer(page).focus();
    await page.keyboard.type("njk?es");
    await expect(composer(page)).toHaveValue("njk?es");
    await expect(sheet(page)).toBeHidden();
    await rest(page);
    const taken = page.evaluate(
      () =>
        new Promise<boolean>((resolve) => {
          let taken = false;
          let left = 3;
          document.addEventListener("keydown", (event) => {
            if (event.key !== "j") return;
            taken ||= event.defaultPrevented;
            if (--left === 0) resolve(taken);
          });
        }),
    );
    for (const held of ["Control", "Alt", "Meta"]) await page.keyboard.press(`${held}+j`);
    expect(await taken).toBe(false);
    await expect(heading(page)).toHaveText("Third");
  });

  test("are told by a sheet that gives the focus back, and can be switched off", async ({
    page,
  }) => {
    await page.keyboard.press("?");
    await expect(sheet(page)).toBeVisible();
    await expect(sheet(page)).toBeFocused();
    await page.keyboard.press("j");
    await page.keyboard.press("Escape");
    await expect(sheet(page)).toBeHidden();
    await expect(heading(page)).toHaveText("Third");
    await mention(page).focus();
    await page.keyboard.press("Enter");
    await expect(sheet(page)).toBeFocused();
    await page.getByLabel("Single keys").uncheck();
    await page.keyboard.press("Escape");
    await expect(mention(page)).toBeFocused();
    await page.keyboard.press("j");
    await page.keyboard.press("?");
    await expect(sheet(page)).toBeHidden();
    await page.reload();
    await mention(page).click();
    await expect(page.getByLabel("Single keys")).not.toBeChecked();
    await page.getByLabel("Single keys").check();
    await page.getByRole("button", { name: "Close" }).click();
    await page.keyboard.press("j");
    await expect(heading(page)).toHaveText("Second");
  });

  test("Escape stops the answer, even from the box", async ({ page, ollama }) => {
    ollama.next({ chunks: ["Some words", " never"], holdAfter: 1 });
    await ask(page, "Tell me");
    await reads(page, "Some words");
    await expect(stopButton(page)).toBeVisible();
    await page.keyboard.press("Escape");
    await ended(page);
    await expect(page.getByText("Stopped", { exact: true })).toBeVisible();
  });
});

test("the keys are told of from the first page on, where they work", async ({ page, scripted }) => {
  await openHome(page);
  await expect(mention(page)).toBeVisible({ visible: scripted });
  await open(page, "/conversations");
  await expect(mention(page)).toBeVisible({ visible: scripted });
});
