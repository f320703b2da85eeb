import { expect, type Locator, type Page } from "playwright/test";

/** A page that streams never ends: it counts as there when it begins. */
const BEGUN = { waitUntil: "commit" } as const;

export const composer = (page: Page): Locator => page.getByLabel("Message");
export const sendButton = (page: Page): Locator =>
  page.getByRole("button", { name: "Send", exact: true });
/** Stands beside Stop while an answer is being written. */
export const sendNextButton = (page: Page): Locator =>
  page.getByRole("button", { name: "Send next" });
export const stopButton = (page: Page): Locator => page.getByRole("button", { name: "Stop" });

/** Opens the first page, whole: where there is script, it runs. */
export async function openHome(page: Page): Promise<void> {
  await page.goto("./");
}

/** Writes a prompt and sends it with the button; whether it was taken is for the test to see. */
export async function send(page: Page, prompt: string): Promise<void> {
  if (page.url() === "about:blank") await openHome(page);
  await composer(page).fill(prompt);
  await sendButton(page).click();
}

/** Sends a prompt and waits until it stands in the conversation, with its answer on the way or there. */
export async function ask(page: Page, prompt: string): Promise<void> {
  const turns = page.locator(".person");
  const before = await turns.count();
  await send(page, prompt);
  await expect(turns).toHaveCount(before + 1);
}

/** Waits until nothing is being written: Send is back. */
export async function ended(page: Page, timeout = 10_000): Promise<void> {
  await expect(sendButton(page)).toBeVisible({ timeout });
  await expect(stopButton(page)).toBeHidden();
}

export async function stop(page: Page): Promise<void> {
  await stopButton(page).click();
  await ended(page);
}

export async function regenerate(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Again", exact: true }).last().click();
}

export async function continueAnswer(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Continue" }).click();
}

export async function retry(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Try again" }).click();
}

export async function reload(page: Page): Promise<void> {
  await page.reload(BEGUN);
}

export async function open(page: Page, address: string): Promise<void> {
  await page.goto(address, BEGUN);
}

export async function goBack(page: Page): Promise<void> {
  await page.goBack(BEGUN);
}

export async function chooseTheme(page: Page, word: "System" | "Light" | "Dark"): Promise<void> {
  await page.getByRole("form", { name: "Theme" }).getByRole("button", { name: word }).click();
}

/** Opens the column that a phone hides. */
export async function openSidebar(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Conversations" }).click();
  await expect(page.getByRole("navigation", { name: "Conversations" })).toBeVisible();
}

/** The answer of the last message as it is seen; a document that streams may hold ones that it replaced. */
export function answer(page: Page): Locator {
  return page.locator(".message").last().locator(".answer:visible").last();
}

/** The newest answer reads exactly like this, now or soon. */
export async function reads(page: Page, text: string): Promise<void> {
  await expect(answer(page)).toHaveText(text, { useInnerText: true });
}

/** A text as the person sees it: without what styles hide, with the lines that they make. */
export async function seen(place: Locator): Promise<string> {
  // biome-ignore lint/performance/useDomNodeTextContent: what styles hide is just what must not count.
  return (await place.innerText()).trim();
}

/** Letters and digits that the person reads in the newest answer: formatting takes marks away, never these. */
export async function words(page: Page): Promise<string> {
  const shown = answer(page);
  const text = (await shown.count()) > 0 ? await seen(shown) : "";
  return text.replace(/[^\p{L}\p{N}]+/gu, "");
}

/**
 * Watches the newest answer until `over`: what has been read stays, and more is added. Gives the
 * different texts that were seen.
 */
export async function watchItGrow(page: Page, over: () => Promise<boolean>): Promise<string[]> {
  const looks: string[] = [];
  const look = async () => {
    const end = await over();
    const now = await words(page);
    const before = looks.at(-1) ?? "";
    if (now !== before) {
      expect(now.startsWith(before), `${JSON.stringify(now)} goes on from ${before}`).toBe(true);
      looks.push(now);
    }
    return end;
  };
  await expect.poll(look, { intervals: [20], timeout: 20_000 }).toBe(true);
  return looks;
}

/** The HTML of an answer without what styles hide: the same whether it was streamed or loaded. */
export async function shownHtml(page: Page): Promise<string> {
  return answer(page).evaluate((element) => {
    const copy = element.cloneNode(true) as Element;
    for (const extra of copy.querySelectorAll(".open-block, .copy")) extra.remove();
    return copy.innerHTML;
  });
}

/** How many pixels the page is wider than its window. */
export async function sideways(page: Page): Promise<number> {
  return page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    return scrollWidth - clientWidth;
  });
}

/** A text in chunks as a model sends them: a few characters each, cutting words and marks. */
export function chunks(text: string, size = 4): string[] {
  return text.match(new RegExp(`[\\s\\S]{1,${size}}`, "gu")) ?? [];
}
