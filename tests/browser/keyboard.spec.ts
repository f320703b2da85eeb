import type { Page } from "playwright/test";
import { expect, test } from "./fixtures";
import { ask, composer, ended, open, openHome, sendButton } from "./page";

/** What has the focus, by what it says, or its tag. */
async function focused(page: Page): Promise<string> {
  return page.evaluate(() => {
    const element = document.activeElement;
    if (!(element instanceof HTMLElement)) return "";
    const label =
      element.getAttribute("aria-label") ?? (element as HTMLInputElement).labels?.[0]?.textContent;
    const isBody = element === document.body;
    return (isBody ? "" : (label ?? element.textContent ?? "").trim()) || element.tagName;
  });
}

/** Presses Tab until the focus has come round twice, and gives one round from the skip link on. */
async function walk(page: Page): Promise<string[]> {
  const met: string[] = [];
  const rounds = () => met.flatMap((name, index) => (name === "Skip to content" ? [index] : []));
  while (rounds().length < 2 && met.length < 100) {
    await page.keyboard.press("Tab");
    const now = await focused(page);
    if (now === "BODY") continue;
    expect(await isMarked(page), `focus on ${now} is seen`).toBe(true);
    met.push(now);
  }
  return met.slice(...rounds());
}

/** True where the focused element, or the frame around it, shows that it has the focus. */
async function isMarked(page: Page): Promise<boolean> {
  return page.evaluate(() => {
    const element = document.activeElement;
    if (!element) return false;
    const frame = element.closest(".composer, .search-box") ?? element;
    return [element, frame]
      .map((one) => getComputedStyle(one))
      .some(
        ({ outlineStyle, outlineWidth, boxShadow }) =>
          (outlineStyle !== "none" && outlineWidth !== "0px") || boxShadow !== "none",
      );
  });
}

test("the skip link comes first and leads past the column", async ({ page }) => {
  await openHome(page);
  await page.keyboard.press("Tab");
  const skip = page.getByRole("link", { name: "Skip to content" });
  await expect(skip).toBeFocused();
  await expect(skip).toBeInViewport({ ratio: 1 });
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  await expect(composer(page)).toBeFocused();
});

test("Tab reaches everything in reading order, and the focus is always seen", async ({
  page,
  ollama,
}) => {
  ollama.next({
    chunks: ["Run:\n\n```sh\nls\n```\n\nSee [there](https://example.org)."],
    end: "length",
  });
  await ask(page, "How?");
  await ended(page);
  await open(page, page.url().replace(/#.*/, ""));
  await ended(page);
  const met = (await walk(page)).filter((name) => name !== "Copy");
  const order = [
    "Skip to content",
    "parley, home",
    "New conversation",
    "How?",
    "System",
    "ls",
    "there",
    "Continue",
    "Again",
    "Message",
    "Model",
    "Send",
  ];
  expect(met.filter((name) => order.includes(name))).toEqual(order);
});

test("asking and stopping work with the keyboard alone", async ({ page, ollama }) => {
  ollama.next({ chunks: ["Some words", " never"], holdAfter: 1 });
  await openHome(page);
  await composer(page).focus();
  await page.keyboard.type("Tell me");
  await expect(async () => {
    await page.keyboard.press("Tab");
    await expect(sendButton(page)).toBeFocused({ timeout: 100 });
  }).toPass({ intervals: [0] });
  await page.keyboard.press("Enter");
  await expect(page.getByText("Some words").first()).toBeVisible();
  const stop = page.getByRole("button", { name: "Stop" });
  await expect(async () => {
    await page.keyboard.press("Shift+Tab");
    await expect(stop).toBeFocused({ timeout: 100 });
  }).toPass({ intervals: [0] });
  await page.keyboard.press("Enter");
  await ended(page);
  await expect(page.getByText("Stopped", { exact: true })).toBeVisible();
});
