import type { Page } from "playwright/test";
import type { Scenario } from "../ollama/host";
import { expect, test } from "./fixtures";
import { ask, ended, reads, regenerate, stop } from "./page";

/** What the page says to those who listen to it: all that it has said, with script; what it holds, without. */
async function heard(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const said = (window as { heard?: string[] }).heard;
    const held = [...document.querySelectorAll("main [role=status]")].map(
      (e) => e.textContent ?? "",
    );
    return said ?? held.filter(Boolean);
  });
}

/** Keeps all that is said from now on. */
async function listen(page: Page): Promise<void> {
  await page.evaluate(() => {
    const said: string[] = [];
    const now = () => document.getElementById("announcements")?.textContent;
    let last = now();
    Object.assign(window, { heard: said });
    new MutationObserver(() => {
      const text = now();
      if (text && last !== text) said.push(text);
      last = text || last;
    }).observe(document.body, { subtree: true, childList: true, characterData: true });
  });
}

const BEGUN = "The answer is being written.";
const ENDS: [name: string, scenario: Scenario, sentence: string][] = [
  ["finished", {}, "The answer is finished."],
  ["cut", { end: "length" }, "The answer was cut at the length limit."],
  [
    "failed",
    { end: { error: "unexpected EOF" } },
    "The answer failed. Ollama broke off while it was writing.",
  ],
];

for (const [name, scenario, sentence] of ENDS) {
  test(`an answer is announced once as it begins, and once as ${name}`, async ({
    page,
    ollama,
    scripted,
  }) => {
    ollama.next({ chunks: ["Before."] });
    await ask(page, "First");
    await ended(page);
    if (scripted) {
      await expect(page.locator("#announcements")).toHaveText("The answer is finished.");
      await listen(page);
    }
    const chunks = ["Many ", "words ", "one ", "after ", "the other"];
    ollama.next({ chunks, everyMs: 20, holdAfter: 4, ...scenario });
    await ask(page, "Second");
    await reads(page, "Many words one after");
    await expect.poll(() => heard(page)).toEqual([BEGUN]);
    ollama.release();
    await ended(page);
    await expect.poll(() => heard(page)).toEqual([BEGUN, sentence]);
  });
}

test("an answer that was stopped is announced, and the next one too", async ({
  page,
  ollama,
  scripted,
}) => {
  ollama.next({ chunks: ["Some words", " never"], holdAfter: 1 });
  await ask(page, "Tell me");
  await reads(page, "Some words");
  if (scripted) await listen(page);
  await stop(page);
  const last = async () => (await heard(page)).at(-1);
  if (scripted) await expect.poll(last).toBe("The answer was stopped.");
  ollama.next({ chunks: ["Other words", " never"], holdAfter: 1 });
  await regenerate(page);
  await reads(page, "Other words");
  await expect.poll(last).toBe(BEGUN);
});

test("what is said is not seen", { tag: "@script" }, async ({ page, ollama }) => {
  ollama.next({ chunks: ["Some words", " never"], holdAfter: 1 });
  await ask(page, "Tell me");
  const place = page.getByRole("status").filter({ hasText: BEGUN });
  await expect(place).toHaveCSS("clip-path", "inset(50%)");
});
