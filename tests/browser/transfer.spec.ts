import { readFileSync } from "node:fs";
import type { Page } from "playwright/test";
import { expect, test } from "./fixtures";
import { ask, ended, reads } from "./page";

const CHATGPT = "tests/exports/chatgpt.json";
const OPEN_WEBUI = "tests/exports/open-webui.json";

/** Goes the way that a person finds: the list, its foot, the form. */
async function openTransfer(page: Page): Promise<void> {
  await page.goto("conversations");
  await page.getByRole("main").getByRole("link", { name: "Import and export" }).click();
  await expect(page.getByRole("heading", { name: "Import and export" })).toBeVisible();
}

/** Sends a file and waits for the report. */
async function importFile(page: Page, file: string): Promise<void> {
  await openTransfer(page);
  await page.getByLabel("File", { exact: true }).setInputFiles(file);
  await page.getByRole("button", { name: "Import" }).click();
  await expect(page.getByRole("link", { name: "Import another file" })).toBeVisible();
}

async function save(page: Page, link: string): Promise<{ name: string; text: string }> {
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("link", { name: link }).click(),
  ]);
  return {
    name: download.suggestedFilename(),
    text: readFileSync(await download.path(), "latin1"),
  };
}

test("a conversation is saved as Markdown and as JSON, and the page stays as it is", async ({
  page,
  ollama,
}) => {
  ollama.next({ chunks: ["Twice", " a day."] });
  await ask(page, "How often is high tide?");
  await ended(page);
  const menu = page.getByRole("button", { name: "Actions for How often is high tide?" }).first();
  await menu.click();
  const markdown = await save(page, "Save as Markdown");
  expect(markdown.name).toBe("How often is high tide.md");
  expect(markdown.text).toContain("Twice a day.");
  if (await page.getByRole("link", { name: "Save as JSON" }).isHidden()) await menu.click();
  const json = await save(page, "Save as JSON");
  expect(JSON.parse(json.text)).toMatchObject({ format: "parley-conversation", version: 1 });
  await reads(page, "Twice a day.");
});

test("everything is downloaded as one archive, and comes in once", async ({ page, ollama }) => {
  ollama.next({ chunks: ["Twice a day."] });
  await ask(page, "How often is high tide?");
  await ended(page);
  await openTransfer(page);
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("link", { name: "Download everything" }).click(),
  ]);
  expect(download.suggestedFilename()).toMatch(/^parley-[\d-]+\.zip$/);
  await importFile(page, await download.path());
  await expect(page.getByText("0 conversations added, 1 left out.")).toBeVisible();
  await expect(page.getByText("It is here already.")).toBeVisible();
});

test("an import tells what was left out and why, and twice makes no duplicates", async ({
  page,
}) => {
  await importFile(page, CHATGPT);
  await expect(page.getByText("1 conversation added, 1 left out.")).toBeVisible();
  await expect(page.getByText("Taken without 1 picture.")).toBeVisible();
  await expect(page.getByText("There is no message in it.")).toBeVisible();
  await importFile(page, CHATGPT);
  await expect(page.getByText("0 conversations added, 2 left out.")).toBeVisible();
  await importFile(page, OPEN_WEBUI);
  await expect(page.getByText("1 conversation added.")).toBeVisible();
  await page.getByRole("link", { name: "To the conversations" }).click();
  const list = page.getByRole("main");
  await expect(list.getByRole("link", { name: "Tides in Brest" })).toHaveCount(1);
  await list.getByRole("link", { name: "Tides in Brest" }).click();
  await reads(page, "At six in the morning and in the evening.");
  await expect(page.getByText("Interrupted")).toHaveCount(0);
  await expect(page.getByRole("heading", { name: "Tool" })).toBeAttached();
});

test("a file that is no export comes back to its form with the reason", async ({
  page,
  faults,
}) => {
  faults.allow(/422/);
  await openTransfer(page);
  const field = page.getByLabel("File", { exact: true });
  await field.setInputFiles("tests/browser/transfer.spec.ts");
  await page.getByRole("button", { name: "Import" }).click();
  await expect(page.getByText("The file is neither JSON nor a zip archive.")).toBeVisible();
  await expect(field).toHaveAccessibleDescription(/neither JSON nor a zip archive/);
});

test("while an import goes on the page says so, and at its end the report, by itself", async ({
  page,
}) => {
  const own = (n: number) => ({
    format: "parley-conversation",
    version: 1,
    id: `made-up-${n}`,
    title: `No. ${n}`,
    messages: [{ id: "a", role: "user", content: `Question ${n}` }],
  });
  const many = JSON.stringify(Array.from({ length: 2_000 }, (_, n) => own(n)));
  await openTransfer(page);
  const file = { name: "many.json", mimeType: "application/json", buffer: Buffer.from(many) };
  await page.getByLabel("File", { exact: true }).setInputFiles(file);
  await page.getByRole("button", { name: "Import" }).click();
  const progress = page.getByRole("progressbar");
  await expect(progress).toBeVisible();
  await expect(page.getByText("2,000 conversations added.")).toBeVisible({ timeout: 45_000 });
  await expect(progress).toHaveCount(0);
});
