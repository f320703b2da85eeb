import { expect, test } from "./fixtures";
import {
  ask,
  continueAnswer,
  ended,
  reads,
  regenerate,
  reload,
  retry,
  shownHtml,
  stop,
  stopButton,
} from "./page";

test("Stop keeps what was written, frees the host, and offers to go on", async ({
  page,
  ollama,
}) => {
  ollama.next({ chunks: ["Some words", " never"], holdAfter: 1 });
  await ask(page, "Tell me");
  await reads(page, "Some words");
  await stop(page);
  await expect(page.getByText("Stopped", { exact: true })).toBeVisible();
  await reads(page, "Some words");
  await expect.poll(() => ollama.active()).toBe(0);
  await expect(page.getByRole("button", { name: "Continue" })).toBeVisible();
});

test("Stop works before the first word", async ({ page, ollama }) => {
  ollama.next({ loadMs: 60_000, chunks: ["late"] });
  await ask(page, "Tell me");
  await expect(page.getByText(/^Loading qwen3:8b/)).toBeVisible();
  await stop(page);
  await expect(page.getByText("Stopped", { exact: true })).toBeVisible();
  await expect.poll(() => ollama.active()).toBe(0);
});

test("an answer asked for again stays beside the first, and both can be walked to", async ({
  page,
  ollama,
}) => {
  ollama.next({ chunks: ["Heads."] });
  await ask(page, "Flip a coin");
  await ended(page);
  ollama.next({ chunks: ["Tails", " it is."], holdAfter: 1 });
  await regenerate(page);
  await reads(page, "Tails");
  await expect(page.getByText("Heads.")).toHaveCount(0);
  ollama.release();
  await ended(page);
  await reads(page, "Tails it is.");
  await expect(page.getByText("2 / 2")).toBeVisible();
  await page.getByRole("button", { name: "Previous alternative" }).click();
  await expect(page.getByText("1 / 2")).toBeVisible();
  await reads(page, "Heads.");
  await page.getByRole("button", { name: "Next alternative" }).click();
  await expect(page.getByText("2 / 2")).toBeVisible();
  await reads(page, "Tails it is.");
});

test("an answer that met the length limit goes on in its place", async ({ page, ollama }) => {
  ollama.next({ chunks: ["The tide ", "comes "], end: "length" });
  await ask(page, "Tell me");
  await ended(page);
  await expect(page.locator(".end").getByText("Cut at the length limit")).toBeVisible();
  ollama.next({ chunks: ["and goes", " for ever."], holdAfter: 1 });
  await continueAnswer(page);
  await reads(page, "The tide comes and goes");
  await expect(stopButton(page)).toBeVisible();
  ollama.release();
  await ended(page);
  await reads(page, "The tide comes and goes for ever.");
  const live = await shownHtml(page);
  await reload(page);
  await ended(page);
  expect(await shownHtml(page)).toBe(live);
  await expect(page.locator(".end").getByText("Cut at the length limit")).toHaveCount(0);
});

test("a failure is told where the answer would be, and the next step is a button", async ({
  page,
  ollama,
}) => {
  ollama.next({ refuse: { status: 500, error: "cudaMalloc failed: out of memory" } });
  await ask(page, "My dear prompt");
  await ended(page);
  await expect(
    page.locator(".problem").getByText("does not fit into the memory of the host"),
  ).toBeVisible();
  await expect(page.getByText("cudaMalloc")).toBeHidden();
  await page.getByText("Details").click();
  await expect(page.getByText("cudaMalloc")).toBeVisible();
  ollama.next({ chunks: ["There was room after all."] });
  await retry(page);
  await reads(page, "There was room after all.");
  await ended(page);
  await expect(page.locator(".problem").getByText("does not fit")).toHaveCount(0);
});

test("an answer that breaks off keeps its text and can be continued", async ({ page, ollama }) => {
  ollama.next({ chunks: ["Half an "], end: "eof" });
  await ask(page, "Tell me");
  await ended(page);
  await expect(
    page.locator(".problem").getByText("The answer ended before it was complete."),
  ).toBeVisible();
  await reads(page, "Half an");
  ollama.next({ chunks: ["answer is whole."] });
  await continueAnswer(page);
  await reads(page, "Half an answer is whole.");
});
