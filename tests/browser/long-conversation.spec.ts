import { addLongConversation, said } from "../support/long-conversation";
import { expect, test } from "./fixtures";
import { ended, send } from "./page";

const LENGTH = 200;

test("@no-script pages of messages are linked in both directions", async ({ page, parley }) => {
  const { path } = addLongConversation(parley.folder, LENGTH);
  await page.goto(path);
  await expect(page.getByText(said(LENGTH - 1))).toBeVisible();
  await page.getByRole("link", { name: "Earlier messages" }).click();
  await expect(page.getByText(said(LENGTH - 41))).toBeVisible();
  await expect(page.getByText(said(LENGTH - 1))).toHaveCount(0);
  await page.getByRole("link", { name: "Later messages" }).click();
  await expect(page.getByText(said(LENGTH - 1))).toBeVisible();
});

test("@script scrolling up loads what came before without a jump", async ({ page, parley }) => {
  const { path, ids } = addLongConversation(parley.folder, LENGTH);
  await page.goto(`${path}#m-${ids.at(-1)}`);
  const messages = page.locator(".messages > .message");
  await expect(messages).toHaveCount(40);
  const topOfFirst = () =>
    page.locator(`#m-${ids[LENGTH - 40]}`).evaluate((it) => it.getBoundingClientRect().top);
  await page.evaluate(() => scrollTo({ top: 0, behavior: "instant" }));
  const before = await topOfFirst();
  await expect(messages).toHaveCount(80);
  expect(Math.abs((await topOfFirst()) - before)).toBeLessThan(5);
  // And on, up to the first one.
  await expect
    .poll(async () => {
      await page.evaluate(() => scrollTo({ top: 0, behavior: "instant" }));
      return messages.count();
    })
    .toBe(LENGTH);
  await expect(page.getByRole("link", { name: "Earlier messages" })).toHaveCount(0);
});

test("@script what was loaded above stays when an answer ends", async ({
  page,
  parley,
  ollama,
}) => {
  const { path, ids } = addLongConversation(parley.folder, LENGTH);
  await page.goto(`${path}#m-${ids.at(-1)}`);
  ollama.next({ chunks: ["Begun", " and ended."], holdAfter: 1 });
  await send(page, "Go on");
  await expect(page.getByText("Begun")).toBeVisible();
  // While an answer is written the page follows its end, until one is seen to have left it.
  const messages = page.locator(".messages > .message");
  await expect
    .poll(async () => {
      await page.evaluate(() => scrollTo({ top: 0, behavior: "instant" }));
      return messages.count();
    })
    .toBeGreaterThanOrEqual(80);
  const reading = page.locator(`#m-${ids[LENGTH - 60]}`);
  await reading.evaluate((it) => it.scrollIntoView({ block: "start", behavior: "instant" }));
  const before = await reading.evaluate((it) => it.getBoundingClientRect().top);
  ollama.release();
  await ended(page);
  await expect(page.getByText("Begun and ended.")).toBeAttached();
  expect(await reading.evaluate((it) => it.getBoundingClientRect().top)).toBeCloseTo(before, -1);
});
