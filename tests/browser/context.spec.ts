import { expect, test } from "./fixtures";
import { ask, composer, ended, open } from "./person";

const LONG = "word ".repeat(1_200);

test("the composer says how full the context is, and the answer when it was too small", async ({
  page,
  ollama,
}) => {
  ollama.always({ pieces: ["Fine."] });
  await open(page, "./?model=gemma3:4b");
  for (const _ of [1, 2]) {
    await ask(page, LONG);
    await ended(page);
  }
  await open(page, page.url());
  await expect(page.getByText("About 3,000 of 4,096 tokens, 74 %")).toBeVisible();
  await expect(page.getByText("Ollama left out older messages")).toHaveCount(0);
  await ask(page, LONG);
  await ended(page);
  await expect(page.getByText("Ollama left out older messages")).toBeVisible();
  await page.getByRole("link", { name: "Raise the context length" }).click();
  await expect(page.getByLabel("Context length")).toBeVisible();
});

test("what is typed counts along", { tag: "@script" }, async ({ page }) => {
  await page.goto("./?model=qwen3:8b");
  await expect(page.locator(".context")).toBeHidden();
  await composer(page).fill("x".repeat(8_000));
  await expect(page.getByText("About 2,000 of 8,192 tokens, 24 %")).toBeVisible();
  await composer(page).fill("潮".repeat(8_000));
  await expect(page.getByText("About 5,600 of 8,192 tokens, 68 %")).toBeVisible();
  await composer(page).fill("");
  await expect(page.locator(".context")).toBeHidden();
});

test("an answer unfolds what it took", async ({ page }) => {
  await ask(page, "Why?");
  await ended(page);
  await page.locator("summary:visible", { hasText: "Details" }).click();
  await expect(page.getByText("Model loaded in")).toBeVisible();
  await expect(page.getByText(/of 8,192 tokens|of 4,096 tokens/).last()).toBeVisible();
});
