import { expect, test } from "./fixtures";
import { ask, ended, goBack, open, reads, reload, shownHtml, stopButton } from "./page";

const BEGUN = ["The first paragraph.\n\n", "The second one ", "is half "];
const REST = ["way through.\n\n", "The third ends it."];
const SO_FAR = "The first paragraph.\n\nThe second one is half";
const WHOLE = "The first paragraph.\n\nThe second one is half way through.\n\nThe third ends it.";

test.beforeEach(async ({ page, ollama }) => {
  ollama.next({ chunks: [...BEGUN, ...REST], holdAfter: BEGUN.length });
  await ask(page, "Tell me");
  await reads(page, SO_FAR);
});

test("reloading shows everything so far at once, then goes on live", async ({ page, ollama }) => {
  await reload(page);
  await reads(page, SO_FAR);
  await expect(stopButton(page)).toBeVisible();
  ollama.release();
  await ended(page);
  await reads(page, WHOLE);
});

test("a second tab shows the same, and both go on live", async ({ page, context, ollama }) => {
  const other = await context.newPage();
  await open(other, page.url());
  await reads(other, SO_FAR);
  ollama.release();
  for (const tab of [page, other]) {
    await ended(tab);
    await reads(tab, WHOLE);
  }
  expect(await shownHtml(other)).toBe(await shownHtml(page));
});

test("Back leads to the answer as it stands, and it goes on live", async ({ page, ollama }) => {
  await page.getByRole("link", { name: "New conversation" }).first().click();
  await expect(page).toHaveURL(/\/$/);
  await goBack(page);
  await reads(page, SO_FAR);
  ollama.release();
  await ended(page);
  await reads(page, WHOLE);
});

test("closing every page stops nothing", async ({ page, context, ollama }) => {
  const address = page.url();
  await page.close();
  ollama.release();
  await expect.poll(() => ollama.active()).toBe(0);
  const later = await context.newPage();
  await open(later, address);
  await ended(later);
  await reads(later, WHOLE);
});

test("the list marks the conversation while it is being written", async ({
  page,
  ollama,
  context,
}) => {
  const other = await context.newPage();
  await open(other, "/conversations");
  const entry = other.getByRole("main").getByRole("link", { name: /Tell me/ });
  await expect(entry).toHaveAccessibleName("An answer is being written: Tell me");
  ollama.release();
  await ended(page);
  await reload(other);
  await expect(entry).toHaveAccessibleName("Tell me");
});
