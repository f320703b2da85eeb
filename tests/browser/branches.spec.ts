import { expect, test } from "./fixtures";
import { ask, composer, ended, reads } from "./page";

test("a prompt is put in other words, and both are kept", async ({ page, ollama }) => {
  ollama.next({ chunks: ["Heads."] });
  await ask(page, "Flip a coin");
  await ended(page);
  await page.getByRole("link", { name: "Edit" }).click();
  const box = page.getByLabel("Your prompt");
  await expect(box).toBeFocused();
  await expect(box).toHaveValue("Flip a coin");
  await expect(composer(page)).toHaveCount(0);
  await expect(page.locator(".sidebar [aria-current=page]")).toHaveText("Flip a coin");
  await box.fill("Roll a die");
  ollama.next({ chunks: ["Six."] });
  await page.getByRole("button", { name: "Send" }).click();
  await reads(page, "Six.");
  await ended(page);
  await expect(page.getByText("2 / 2")).toBeVisible();
  await page.getByRole("button", { name: "Previous alternative" }).click();
  await reads(page, "Heads.");
  await expect(page.locator(".person")).toContainText("Flip a coin");
  // The choice is the conversation's: whoever opens it again finds it.
  await page.goto(page.url().replace(/[?#].*/, ""));
  await reads(page, "Heads.");
});

test("cancelling an edit leads back", async ({ page }) => {
  await ask(page, "Flip a coin");
  await ended(page);
  await page.getByRole("link", { name: "Edit" }).click();
  await page.getByRole("link", { name: "Cancel" }).click();
  await expect(page.locator(".person")).toContainText("Flip a coin");
  await expect(composer(page)).toBeVisible();
});

test("an answer is asked of another model", async ({ page, ollama }) => {
  await ask(page, "Hi");
  await ended(page);
  await page.getByRole("link", { name: "Another model" }).click();
  await page.locator(".message-form").getByLabel("Model").selectOption("qwen3:8b");
  ollama.next({ chunks: ["From the other one."] });
  await page.getByRole("button", { name: "Answer again" }).click();
  await reads(page, "From the other one.");
  await ended(page);
  await expect(page.locator(".stats")).toContainText("qwen3:8b");
  await expect(page.getByText("2 / 2")).toBeVisible();
});

test("a message goes with all that follows, after a question that says how much", async ({
  page,
}) => {
  for (const prompt of ["One", "Two", "Three"]) {
    await ask(page, prompt);
    await ended(page);
  }
  await page.locator(".person").nth(1).getByRole("link", { name: "Delete" }).click();
  await expect(page.getByText("the 3 messages that follow")).toBeVisible();
  await page.getByRole("link", { name: "Keep" }).click();
  await expect(page.locator(".person")).toHaveCount(3);
  await page.locator(".person").nth(1).getByRole("link", { name: "Delete" }).click();
  await page.getByRole("button", { name: "Delete 4 messages" }).click();
  await expect(page.locator(".person")).toHaveCount(1);
  await expect(composer(page)).toBeVisible();
});
