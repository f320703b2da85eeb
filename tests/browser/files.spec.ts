import type { Page } from "playwright/test";
import { FILE_BYTES, FORM_FILES_BYTES } from "../../app/limits";
import { pdf, png } from "../support/files";
import { expect, test } from "./fixtures";
import { ask, composer, ended, open, openHome, reads, send, sendButton } from "./page";

const TIDE = { name: "tide.png", mimeType: "image/png", buffer: png(640, 400) };
const SUMS = { name: "sums.csv", mimeType: "text/csv", buffer: Buffer.from("a,b\n1,2\n") };
const DANCE = { name: "dance.gif", mimeType: "image/gif", buffer: Buffer.from("GIF89a\0\0") };

const field = (page: Page) => page.getByLabel("Files", { exact: true });
const kept = (page: Page) => page.getByRole("group", { name: "Files that go with it" });
const turn = (page: Page) => page.locator(".person").last();
const model = (page: Page) => page.getByLabel("Model");

const fault = (input: HTMLInputElement) => input.validationMessage;

/** Drops files of these sizes on the page: 0.txt, 1.txt and so on. */
function drop(page: Page, sizes: number[]): Promise<void> {
  return page.evaluate((all) => {
    const dataTransfer = new DataTransfer();
    for (const [n, size] of all.entries()) {
      dataTransfer.items.add(new File([new Uint8Array(size)], `${n}.txt`));
    }
    const how = { bubbles: true, cancelable: true };
    document.body.dispatchEvent(new DragEvent("drop", { ...how, dataTransfer }));
  }, sizes);
}

/** Opens the first page with a model that sees. */
async function openSeeing(page: Page): Promise<void> {
  await openHome(page);
  await model(page).selectOption("gemma3:4b");
}

test("chosen files go with the prompt and stand in the turn", async ({ page, ollama }) => {
  ollama.next({ chunks: ["A tide."] });
  await openSeeing(page);
  await field(page).setInputFiles([TIDE, SUMS]);
  await ask(page, "What is this?");
  await reads(page, "A tide.");
  await ended(page);
  const picture = turn(page).getByRole("img", { name: /tide\.png/ });
  await expect(picture).toBeVisible();
  const drawn = (image: HTMLImageElement) => image.naturalWidth;
  await expect.poll(() => picture.evaluate(drawn)).toBe(320);
  await expect(turn(page).getByRole("link", { name: /sums\.csv.*CSV, 8 bytes/ })).toBeVisible();
  await expect(turn(page).getByText("What is this?", { exact: true })).toBeVisible();
  expect(ollama.chats()[0]?.body).toMatchObject({
    messages: [{ role: "user", content: /sums\.csv/, images: [expect.any(String)] }].map(
      ({ content: _, ...rest }) => rest,
    ),
  });
  // They went with that prompt, and with no other.
  await expect(field(page)).toHaveValue("");
  await ask(page, "And now?");
  await ended(page);
  await expect(turn(page).locator(".files")).toHaveCount(0);
});

test("a file can be saved again from where it stands", async ({ page }) => {
  await openSeeing(page);
  await field(page).setInputFiles([SUMS]);
  await ask(page, "Add up");
  await ended(page);
  const saving = page.waitForEvent("download");
  await turn(page)
    .getByRole("link", { name: /sums\.csv/ })
    .click();
  expect((await saving).suggestedFilename()).toBe("sums.csv");
});

test("files alone are a prompt", async ({ page }) => {
  await openSeeing(page);
  await field(page).setInputFiles([
    { name: "tides.pdf", mimeType: "application/pdf", buffer: pdf(["High water at noon"]) },
  ]);
  await sendButton(page).click();
  await expect(turn(page).getByRole("link", { name: /tides\.pdf.*PDF/ })).toBeVisible();
  await ended(page);
  await expect(page.getByRole("heading", { name: "tides.pdf", level: 1 })).toBeVisible();
});

test("a bad file is named, the good ones wait beside the text and go with the next try", async ({
  page,
  ollama,
  faults,
}) => {
  faults.allow(/422/);
  await openSeeing(page);
  await field(page).setInputFiles([DANCE, TIDE, SUMS]);
  await send(page, "Compare these");
  await expect(page.getByText("dance.gif is a GIF picture.")).toBeVisible();
  await expect(composer(page)).toHaveValue("Compare these");
  await expect(composer(page)).toHaveAccessibleDescription(/dance\.gif/);
  await expect(kept(page).getByRole("checkbox")).toHaveCount(2);
  await kept(page)
    .getByLabel(/sums\.csv/)
    .uncheck();
  expect(ollama.chats()).toEqual([]);
  await sendButton(page).click();
  await expect(turn(page).getByRole("img", { name: /tide\.png/ })).toBeVisible();
  await expect(turn(page).getByText("sums.csv")).toHaveCount(0);
  await ended(page);
  await expect(kept(page)).toHaveCount(0);
});

test("a model that cannot see is not sent a picture", async ({
  page,
  ollama,
  scripted,
  faults,
}) => {
  faults.allow(/422/);
  await openHome(page);
  await model(page).selectOption("qwen3:8b");
  await field(page).setInputFiles([TIDE]);
  const warning = page.getByText(/qwen3:8b cannot see pictures: choose/);
  if (scripted) {
    await expect(warning).toBeVisible();
    await model(page).selectOption("gemma3:4b");
    await expect(warning).toBeHidden();
    await model(page).selectOption("qwen3:8b");
  }
  await send(page, "Look");
  await expect(page.getByText(/Choose a model that sees: .*gemma3:4b/)).toBeVisible();
  expect(ollama.chats()).toEqual([]);
  if (scripted) await expect(warning).toBeVisible();
  await model(page).selectOption("gemma3:4b");
  await sendButton(page).click();
  await expect(turn(page).getByRole("img", { name: /tide\.png/ })).toBeVisible();
  await ended(page);
});

test("a prompt in other words has the same files", async ({ page, ollama }) => {
  await openSeeing(page);
  await field(page).setInputFiles([TIDE]);
  await ask(page, "What is that?");
  await ended(page);
  await page.getByRole("link", { name: "Edit" }).click();
  await page.getByLabel("Your prompt").fill("What is this?");
  await sendButton(page).first().click();
  await expect(turn(page).getByText("What is this?")).toBeVisible();
  await expect(turn(page).getByRole("img", { name: /tide\.png/ })).toBeVisible();
  await ended(page);
  const asked = ollama.chats().at(-1)?.body as { messages: { images?: string[] }[] };
  expect(asked.messages.map(({ images }) => images?.length)).toEqual([1]);
});

test("a file waits with its prompt while an answer is being written", async ({ page, ollama }) => {
  ollama.next({ chunks: ["One.", " Still one."], holdAfter: 1 });
  ollama.next({ chunks: ["Two."] });
  await openSeeing(page);
  await ask(page, "First");
  await reads(page, "One.");
  await field(page).setInputFiles([SUMS]);
  await composer(page).fill("Second");
  await page.getByRole("button", { name: "Send next" }).click();
  await expect(page.locator(".waiting-files")).toHaveText("sums.csv");
  ollama.release();
  await reads(page, "Two.");
  await expect(turn(page).getByRole("link", { name: /sums\.csv/ })).toBeVisible();
  await ended(page);
  const asked = ollama.chats()[1]?.body as { messages: { content: string }[] };
  expect(asked.messages.at(-1)?.content).toBe("File: sums.csv\n```csv\na,b\n1,2\n```\n\nSecond");
});

test("a file is gone with the last message that has it", async ({ page, faults }) => {
  faults.allow(/404/);
  await openSeeing(page);
  await field(page).setInputFiles([SUMS]);
  await ask(page, "Add up");
  await ended(page);
  const address = await turn(page)
    .getByRole("link", { name: /sums\.csv/ })
    .evaluate((link: HTMLAnchorElement) => link.href);
  expect((await page.request.get(address)).status()).toBe(200);
  await page.locator(".person").getByRole("link", { name: "Delete" }).click();
  await page
    .getByRole("button", { name: /Delete/ })
    .last()
    .click();
  await expect.poll(async () => (await page.request.get(address)).status()).toBe(404);
});

test.describe("with script", { tag: "@script" }, () => {
  /** Lets go of, or pastes, a file as another program hands it over. */
  const hand = (page: Page, kind: "drop" | "paste", name: string, text: string) =>
    page.evaluate(
      ({ kind, name, text }) => {
        const transfer = new DataTransfer();
        transfer.items.add(new File([text], name, { type: "text/plain" }));
        const target = document.querySelector(kind === "drop" ? "main" : "textarea");
        const how = { bubbles: true, cancelable: true };
        target?.dispatchEvent(
          kind === "drop"
            ? new DragEvent("drop", { ...how, dataTransfer: transfer })
            : new ClipboardEvent("paste", { ...how, clipboardData: transfer }),
        );
      },
      { kind, name, text },
    );

  test("files are dropped, pasted, listed, and taken back", async ({ page, ollama }) => {
    await openSeeing(page);
    await field(page).setInputFiles([SUMS]);
    await hand(page, "drop", "dropped.md", "# Low water");
    await hand(page, "paste", "pasted.txt", "High water");
    const rows = page.locator(".chosen-files li");
    await expect(rows).toHaveText([/sums\.csv, 8 bytes/, /dropped\.md/, /pasted\.txt/]);
    await page.getByRole("button", { name: "Remove dropped.md" }).click();
    await expect(rows).toHaveCount(2);
    await ask(page, "Together");
    await ended(page);
    const asked = ollama.chats()[0]?.body as { messages: { content: string }[] };
    expect(asked.messages[0]?.content).toBe(
      "File: sums.csv\n```csv\na,b\n1,2\n```\n\nFile: pasted.txt\n```\nHigh water\n```\n\nTogether",
    );
    await expect(rows).toHaveCount(0);
  });

  test("one that is too large is not sent at all", async ({ page }) => {
    await openSeeing(page);
    await drop(page, [FILE_BYTES, FILE_BYTES + 1]);
    await send(page, "Read this");
    expect(await field(page).evaluate(fault)).toBe("1.txt is larger than 20 MiB.");
    expect(new URL(page.url()).pathname).toBe("/");
    await page.getByRole("button", { name: "Remove 1.txt" }).click();
    expect(await field(page).evaluate(fault)).toBe("");
  });

  test("those that are too large together are not sent at all", async ({ page }) => {
    await openSeeing(page);
    const rest = FORM_FILES_BYTES % FILE_BYTES;
    const whole = Array.from({ length: (FORM_FILES_BYTES - rest) / FILE_BYTES }, () => FILE_BYTES);
    await drop(page, [...whole, rest]);
    expect(await field(page).evaluate(fault)).toBe("");
    await drop(page, [1]);
    await send(page, "Read these");
    expect(await field(page).evaluate(fault)).toBe("Together the files are larger than 62 MiB.");
    expect(new URL(page.url()).pathname).toBe("/");
  });

  test("what was chosen for one conversation does not go to another", async ({ page }) => {
    await ask(page, "First");
    await ended(page);
    const first = page.url();
    await field(page).setInputFiles([SUMS]);
    await page.getByRole("link", { name: "New conversation" }).first().click();
    await expect(page).toHaveURL(/\/$/);
    await expect(page.locator(".chosen-files li")).toHaveCount(0);
    await open(page, first);
    await expect(field(page)).toHaveValue("");
  });
});
