import type { Page } from "playwright/test";
import { expect, test } from "./fixtures";
import { ask, composer, ended, open, reload } from "./page";

const LONG = "word ".repeat(1_200);

test("the composer says how full the context is, and the answer when it was too small", async ({
  page,
  ollama,
}) => {
  ollama.always({ chunks: ["Fine."] });
  await open(page, "./?model=gemma3:4b");
  for (const _ of [1, 2]) {
    await ask(page, LONG);
    await ended(page);
  }
  await open(page, page.url());
  await expect(page.getByText("About 3,000 of 4,096 tokens, 74 %")).toBeVisible();
  await expect(page.getByText("Earlier messages were left out")).toHaveCount(0);
  await ask(page, LONG);
  await ended(page);
  await expect(page.getByText("Earlier messages were left out")).toBeVisible();
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

const meter = (page: Page) => page.locator(".context");

test("what will not fit is said while it is typed", { tag: "@script" }, async ({
  page,
  ollama,
}) => {
  ollama.always({ chunks: ["Fine."] });
  await open(page, "./?model=gemma3:4b");
  await ask(page, LONG);
  await ended(page);
  await composer(page).fill("x".repeat(12_000));
  await expect(meter(page)).toHaveText(
    "About 4,500 of 4,096 tokens: the oldest messages will be left out",
  );
  await composer(page).fill("x".repeat(20_000));
  await expect(meter(page)).toContainText(": your prompt alone is too long, so its middle");
  await composer(page).fill("");
  await expect(meter(page)).toHaveText("About 1,500 of 4,096 tokens, 37 %");
  await page.goto("./?model=gemma3:4b");
  await composer(page).fill("x".repeat(20_000));
  await expect(page.getByText("your prompt alone is too long")).toBeVisible();
});

test("what another model holds is not known", { tag: "@script" }, async ({ page }) => {
  await page.goto("./?model=qwen3:8b");
  await composer(page).fill("x".repeat(8_000));
  await page.getByLabel("Model").selectOption("gemma3:4b");
  await expect(meter(page)).toHaveText("About 2,000 tokens");
  await expect(page.locator(".context meter")).toBeHidden();
  await page.getByLabel("Model").selectOption("qwen3:8b");
  await expect(meter(page)).toHaveText("About 2,000 of 8,192 tokens, 24 %");
});

test("chosen files count as far as their size says", { tag: "@script" }, async ({ page }) => {
  await page.goto("./?model=qwen3:8b");
  const text = { name: "a.txt", mimeType: "text/plain", buffer: Buffer.alloc(16_000, "x") };
  const picture = { name: "a.png", mimeType: "image/png", buffer: Buffer.alloc(10_000) };
  await page.getByLabel("Files").setInputFiles([text, picture]);
  await expect(meter(page)).toHaveText("About 4,800 of 8,192 tokens, 58 %");
  await page.getByRole("button", { name: "Remove a.png" }).click();
  await expect(meter(page)).toHaveText("About 4,000 of 8,192 tokens, 49 %");
  const large = { ...text, name: "b.txt", buffer: Buffer.alloc(40_000, "x") };
  await page.getByLabel("Files").setInputFiles([large]);
  await expect(page.getByText("your prompt alone is too long")).toBeVisible();
});

test("a document that streams says at its end how full the context is", {
  tag: "@no-script",
}, async ({ page, ollama }) => {
  ollama.next({ chunks: ["Fine", "."], holdAfter: 1 });
  await open(page, "./?model=gemma3:4b");
  await ask(page, LONG);
  await expect.poll(() => ollama.held()).toBe(1);
  await expect(meter(page)).toHaveCount(0);
  ollama.release();
  await expect(meter(page)).toHaveText("About 1,500 of 4,096 tokens, 37 %");
  await expect(meter(page)).toBeVisible();
  await reload(page);
  await expect(meter(page)).toHaveText("About 1,500 of 4,096 tokens, 37 %");
});

test("a prompt that was cut says so, and the way out", async ({ page, ollama }) => {
  ollama.next({ chunks: ["Fine."] });
  await open(page, "./?model=gemma3:4b");
  await ask(page, LONG.repeat(4));
  await ended(page);
  await expect(page.getByText("The middle of your prompt was left out")).toBeVisible();
  await page.getByRole("link", { name: "Raise the context length" }).click();
  await expect(page.getByLabel("Context length")).toBeVisible();
});

test("an answer unfolds what it took", async ({ page }) => {
  await ask(page, "Why?");
  await ended(page);
  await page.locator("summary:visible", { hasText: "Details" }).click();
  await expect(page.getByText("Model loaded in")).toBeVisible();
  await expect(page.getByText(/of 8,192 tokens|of 4,096 tokens/).last()).toBeVisible();
});
