import { expect, type Locator, type Page } from "playwright/test";

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
