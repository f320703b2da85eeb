import { expect, test } from "./fixtures";
import { ask, ended, reads } from "./page";

const THOUGHT = "The moon matters here.";

test("thinking is open while it grows and folded when the answer is there", async ({
  page,
  ollama,
}) => {
  const chunks = ["It is ", "the moon."];
  ollama.next({ thinking: ["The moon ", "matters ", "here."], chunks, holdAfter: 0 });
  await ask(page, "Why?");
  await expect(page.getByText(THOUGHT)).toBeVisible();
  ollama.release();
  await ended(page);
  await reads(page, "It is the moon.");
  await expect(page.getByText(THOUGHT).last()).toBeHidden();
  await page.locator("summary:visible", { hasText: "Thinking" }).click();
  await expect(page.getByText(THOUGHT).last()).toBeVisible();
});

test("thinking is folded from the first word of the answer on", async ({ page, ollama }) => {
  ollama.next({ thinking: ["The moon matters here."], chunks: ["It is ", "so."], holdAfter: 1 });
  await ask(page, "Why?");
  await reads(page, "It is");
  await expect(page.locator(".thoughts").filter({ hasText: THOUGHT, visible: true })).toHaveCount(
    0,
  );
  ollama.release();
  await ended(page);
});

test("what one has unfolded stays open when the answer ends", { tag: "@script" }, async ({
  page,
  ollama,
}) => {
  ollama.next({ thinking: [THOUGHT], chunks: ["It is ", "so."], holdAfter: 1 });
  await ask(page, "A long prompt.\n".repeat(40));
  await reads(page, "It is");
  await page.getByText("Show all").click();
  await page.getByText("Thinking", { exact: true }).click();
  await expect(page.getByText(THOUGHT)).toBeVisible();
  ollama.release();
  await ended(page);
  await expect(page.getByText(THOUGHT)).toBeVisible();
  await expect(page.getByText("Show less")).toBeVisible();
});
