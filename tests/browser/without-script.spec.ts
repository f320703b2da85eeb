import { expect, test } from "./fixtures";
import { ask, ended, open, reads, stopButton, watchItGrow } from "./page";

test.describe("without script", { tag: "@no-script" }, () => {
  test("nothing on the page is dead: no button waits for a script", async ({ page, ollama }) => {
    ollama.next({ chunks: ["Run:\n\n```sh\nls\n```\n\nThat is all."] });
    await ask(page, "How?");
    await ended(page);
    await expect(page.getByRole("button", { name: "Copy" })).toHaveCount(0);
    const dead = await page.evaluate(() =>
      [...document.querySelectorAll("button")]
        .filter((button) => !button.hasAttribute("popovertarget"))
        .filter((button) => button.type !== "submit" || !button.form?.action)
        .map((button) => button.outerHTML),
    );
    expect(dead).toEqual([]);
    const handlers = await page.evaluate(() =>
      [...document.querySelectorAll("*")].flatMap((element) =>
        element.getAttributeNames().filter((name) => name.startsWith("on")),
      ),
    );
    expect(handlers).toEqual([]);
  });

  test("a cookie of a time with script does not stop the stream", async ({
    page,
    context,
    parley,
    ollama,
  }) => {
    ollama.next({
      chunks: ["One ", "two ", "three ", "four ", "five."],
      everyMs: 300,
      holdAfter: 1,
    });
    await ask(page, "Count");
    await reads(page, "One");
    const address = page.url();
    await context.addCookies([{ name: "parley-script", value: "1", url: parley.url }]);
    await open(page, address);
    await expect
      .poll(async () => (await context.cookies()).some(({ name }) => name === "parley-script"))
      .toBe(false);
    await reads(page, "One");
    ollama.release();
    const seen = await watchItGrow(page, () => stopButton(page).isHidden());
    expect(seen.length).toBeGreaterThan(2);
    await reads(page, "One two three four five.");
  });

  test("the status goes with the first word, while the answer is still open", async ({
    page,
    ollama,
  }) => {
    for (const thinking of [undefined, ["Hmm"]]) {
      ollama.next({
        promptMs: 1_500,
        ...(thinking ? { thinking } : {}),
        chunks: [" One", " two"],
        holdAfter: 1,
      });
      await ask(page, "Count");
      await expect(page.locator(".status:visible").last()).toContainText("Waiting for");
      await expect(page.locator(".open-block").last()).toHaveText("One", { useInnerText: true });
      const shown = await page.evaluate(() => ({
        state: document.readyState,
        statuses: [...document.querySelectorAll(".message:last-of-type .status")].map(
          (status) => getComputedStyle(status).display,
        ),
      }));
      expect(shown.state).toBe("loading");
      expect(shown.statuses.length).toBeGreaterThan(1);
      expect(new Set(shown.statuses)).toEqual(new Set(["none"]));
      ollama.release();
      await ended(page);
    }
  });
});
