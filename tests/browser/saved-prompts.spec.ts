import { expect, test } from "./fixtures";
import { ask, composer, ended, openHome, sendButton } from "./page";

test("a saved prompt is written, filled in and sent in a conversation", async ({
  page,
  ollama,
}) => {
  await ask(page, "Why do the tides come?");
  await ended(page);
  await page.getByRole("link", { name: "Saved prompts" }).click();
  await page.getByRole("link", { name: "New prompt" }).click();
  await page.getByLabel("Title").fill("Explain");
  await page.getByLabel("Prompt", { exact: true }).fill("Explain {{topic}} to a child. {{topic}}!");
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByRole("link", { name: "Use Explain" }).click();
  await page.getByLabel("topic", { exact: true }).fill("the moon");
  await page.getByRole("button", { name: "Put into the composer" }).click();
  await expect(composer(page)).toHaveValue("Explain the moon to a child. the moon!");
  await expect(page.locator(".person")).toHaveCount(1);
  expect(ollama.chats()).toHaveLength(1);
  await sendButton(page).click();
  await expect(page.locator(".person")).toHaveCount(2);
  await ended(page);
});

// Without script what was written is on the page that the browser goes back to.
test("a saved prompt goes behind what was written and not sent @script", async ({ page }) => {
  await page.goto("./prompts/new");
  await page.getByLabel("Title").fill("Haiku");
  await page.getByLabel("Prompt", { exact: true }).fill("Write a haiku.");
  await page.getByRole("button", { name: "Save" }).click();
  await openHome(page);
  await composer(page).fill("About the tides.");
  await page.getByRole("link", { name: "Saved prompts" }).click();
  await page.getByRole("button", { name: "Use Haiku" }).click();
  await expect(composer(page)).toHaveValue("About the tides.\n\nWrite a haiku.");
});

test("one without places begins a new conversation, and can be deleted", async ({ page }) => {
  await page.goto("./prompts/new");
  await page.getByLabel("Title").fill("Haiku");
  await page.getByLabel("Prompt", { exact: true }).fill("Write a haiku.");
  await page.getByRole("button", { name: "Save" }).click();
  await openHome(page);
  await page.getByRole("link", { name: "Saved prompts" }).click();
  await page.getByRole("button", { name: "Use Haiku" }).click();
  await expect(composer(page)).toHaveValue("Write a haiku.");
  await page.goto("./prompts");
  await page.getByRole("link", { name: "Delete Haiku" }).click();
  await page.getByRole("button", { name: "Delete it" }).click();
  await expect(page.getByText("Nothing saved yet")).toBeVisible();
});
