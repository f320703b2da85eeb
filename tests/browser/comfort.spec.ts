import { longText } from "../ollama/texts";
import { expect, test } from "./fixtures";
import { answer, ask, chunks, composer, ended, openHome, reads, reload, stopButton } from "./page";

// What only a page with script can do; each of it is comfort, none of it is needed.
test.describe("with script", { tag: "@script" }, () => {
  test("Enter sends, Shift+Enter begins a new line", async ({ page, ollama }) => {
    ollama.next({ chunks: ["Understood."] });
    await openHome(page);
    await composer(page).pressSequentially("First line");
    await page.keyboard.press("Shift+Enter");
    await page.keyboard.type("second line");
    await expect(composer(page)).toHaveValue("First line\nsecond line");
    await page.keyboard.press("Enter");
    await reads(page, "Understood.");
    expect(ollama.chats()[0]?.body).toMatchObject({
      messages: [{ role: "user", content: "First line\nsecond line" }],
    });
  });

  test("the focus is back in the box when the answer has ended", async ({ page, ollama }) => {
    ollama.next({ chunks: ["Some words.", " More."], holdAfter: 1 });
    await openHome(page);
    await composer(page).fill("Tell me");
    await page.keyboard.press("Enter");
    await reads(page, "Some words.");
    ollama.release();
    await ended(page);
    await expect(composer(page)).toBeFocused();
  });

  test("Escape stops the answer", async ({ page, ollama }) => {
    ollama.next({ chunks: ["Some words", " never"], holdAfter: 1 });
    await ask(page, "Tell me");
    await reads(page, "Some words");
    await page.keyboard.press("Escape");
    await ended(page);
    await expect(page.getByText("Stopped", { exact: true })).toBeVisible();
  });

  test("the page follows the text, but not for those who have scrolled up", async ({
    page,
    ollama,
  }) => {
    const text = longText(1_200);
    const all = chunks(`${text}\n\nThe very end.`, 60);
    ollama.next({ chunks: all, everyMs: 5, holdAfter: Math.floor(all.length / 2) });
    await ask(page, "Tell me much");
    await expect.poll(() => ollama.held()).toBe(1);
    const below = () =>
      page.evaluate(() => {
        const { scrollHeight, scrollTop, clientHeight } = document.documentElement;
        return scrollHeight - scrollTop - clientHeight;
      });
    await expect
      .poll(() => page.evaluate(() => document.documentElement.scrollTop))
      .toBeGreaterThan(500);
    await expect.poll(below).toBeLessThan(5);
    await page.mouse.wheel(0, -600);
    await expect.poll(below).toBeGreaterThan(500);
    const place = () =>
      page.evaluate(() =>
        Math.round(document.querySelector(".answer p")?.getBoundingClientRect().top ?? 0),
      );
    const before = await place();
    ollama.release();
    await ended(page);
    await expect(page.getByText("The very end.")).toBeAttached();
    expect(await place()).toBe(before);
  });

  test("a text that was not sent survives going elsewhere", async ({ page, ollama }) => {
    ollama.next({ chunks: ["One."] });
    await ask(page, "First");
    await ended(page);
    await expect(composer(page)).toHaveValue("");
    await composer(page).pressSequentially("Half a thou");
    await page.getByRole("link", { name: "New conversation" }).first().click();
    await expect(page).toHaveURL(/\/$/);
    await expect(composer(page)).toHaveValue("");
    await page.getByRole("link", { name: "First" }).click();
    await expect(composer(page)).toHaveValue("Half a thou");
    await reload(page);
    await expect(composer(page)).toHaveValue("Half a thou");
    ollama.next({ chunks: ["Two."] });
    await ask(page, "Half a thought");
    await ended(page);
    await expect(composer(page)).toHaveValue("");
  });

  test("a text that was sent is gone from the box, however quickly its answer ends", async ({
    page,
    ollama,
  }) => {
    for (const prompt of ["First", "Second"]) {
      ollama.next({ refuse: { status: 403 } });
      await ask(page, prompt);
      await ended(page);
      await expect(composer(page)).toHaveValue("");
    }
  });

  test.describe("with a clipboard", () => {
    test.use({ permissions: ["clipboard-read", "clipboard-write"] });

    test("code and answers can be copied", async ({ page, ollama }) => {
      ollama.next({
        chunks: ["Run **this**:\n\n```sh\nls -l\necho done\n```\n\n", "Then rest."],
        holdAfter: 1,
      });
      await ask(page, "How?");
      const clipboard = () => page.evaluate(() => navigator.clipboard.readText());
      const code = page.locator("figure.code").getByRole("button", { name: "Copy" });
      await code.click();
      await expect(page.getByRole("button", { name: "Copied" })).toBeVisible();
      expect((await clipboard()).trimEnd()).toBe("ls -l\necho done");
      ollama.release();
      await ended(page);
      await expect(answer(page).getByRole("button")).toHaveCount(1);
      await page
        .getByRole("contentinfo")
        .or(page.locator(".foot"))
        .getByRole("button", { name: "Copy" })
        .click();
      await expect.poll(clipboard).toContain("Then rest.");
      expect(await clipboard()).toContain("Run this:");
      await expect(stopButton(page)).toBeHidden();
    });
  });
});
