import { expect, test } from "./fixtures";
import { ask, composer, ended, openHome, reads, send, sendButton } from "./page";

test("an empty prompt is not sent", async ({ page, ollama, scripted, faults }) => {
  faults.allow(/422/);
  await openHome(page);
  await sendButton(page).click();
  if (scripted) {
    const missing = (box: HTMLTextAreaElement) => box.validity.valueMissing;
    expect(await composer(page).evaluate(missing)).toBe(true);
    expect(new URL(page.url()).pathname).toBe("/");
  } else {
    // It could be a prompt of files only, so the server has to say it.
    await expect(page.getByText("The prompt is empty.")).toBeVisible();
  }
  expect(ollama.chats()).toEqual([]);
});

test("a prompt of spaces comes back with its reason", async ({ page, faults }) => {
  faults.allow(/422/);
  await send(page, "   ");
  await expect(page.getByText("The prompt is empty.")).toBeVisible();
  await expect(composer(page)).toHaveAccessibleDescription(/The prompt is empty/);
});

test.describe("without a model", () => {
  test.use({ args: ["--demo", "off"] });

  test("a prompt comes back with its text and its reason", async ({
    page,
    ollama,
    parley,
    faults,
  }) => {
    faults.allow(/422/);
    ollama.models = [];
    await parley.restart();
    await send(page, "Keep <me> & all");
    await expect(page.getByText("No model is chosen.")).toBeVisible();
    await expect(composer(page)).toHaveValue("Keep <me> & all");
  });
});

test("in a conversation a refused prompt comes back below the messages", async ({
  page,
  ollama,
  faults,
}) => {
  faults.allow(/422/);
  ollama.next({ chunks: ["One."] });
  await ask(page, "First");
  await ended(page);
  await send(page, "  ");
  await expect(page.getByText("The prompt is empty.")).toBeVisible();
  await reads(page, "One.");
  ollama.next({ chunks: ["Two."] });
  await ask(page, "Second");
  await ended(page);
  await reads(page, "Two.");
  await expect(page.getByText("The prompt is empty.")).toHaveCount(0);
});

test.describe("with a full queue", () => {
  test.use({ args: ["--parallel", "1", "--queue", "0"] });

  test("a prompt comes back with its text, and can be sent again later", async ({
    page,
    context,
    ollama,
    faults,
  }) => {
    faults.allow(/503/);
    ollama.next({ chunks: ["Busy", " still"], holdAfter: 1 });
    await ask(page, "First");
    await reads(page, "Busy");
    const other = await context.newPage();
    await send(other, "One too many");
    await expect(other.getByText("Too many answers are waiting already.")).toBeVisible();
    await expect(composer(other)).toHaveValue("One too many");
    ollama.release();
    await ended(page);
    ollama.next({ chunks: ["Now."] });
    await sendButton(other).click();
    await reads(other, "Now.");
  });
});
