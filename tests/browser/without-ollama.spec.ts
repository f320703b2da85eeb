import { expect, test } from "./fixtures";
import { ask, composer, ended, openHome, reads, reload, retry, words } from "./page";

const NOTICE = /reach Ollama at/;

test("the first page says that no Ollama answers, and the notice goes when one does", async ({
  page,
  ollama,
  parley,
  scripted,
}) => {
  await ollama.goAway();
  await parley.restart();
  await openHome(page);
  await expect(page.getByText(NOTICE)).toBeVisible();
  await expect(page.getByText("ollama pull qwen3:8b")).toBeVisible();
  await expect(page.getByLabel("Model")).toHaveValue("eliza");
  await composer(page).fill("Begun meanwhile");
  await ollama.comeBack();
  if (scripted) {
    await expect(page.getByText(NOTICE)).toHaveCount(0, { timeout: 15_000 });
    await expect(composer(page)).toHaveValue("Begun meanwhile");
  } else {
    const check = page.getByRole("link", { name: "Check again" });
    await expect(async () => {
      if (await check.isVisible()) await check.click();
      await expect(page.getByText(NOTICE)).toHaveCount(0, { timeout: 500 });
    }).toPass({ intervals: [500] });
  }
  await expect(page.getByLabel("Model")).toHaveValue("qwen3:8b");
});

test("the demo answers meanwhile, and says that it is no model", async ({
  page,
  ollama,
  parley,
}) => {
  await ollama.goAway();
  await parley.restart();
  await ask(page, "I have been feeling restless lately");
  await ended(page);
  await expect(page.getByRole("heading", { name: /demo, not a model/ })).toBeAttached();
  expect((await words(page)).length).toBeGreaterThan(10);
});

test("a prompt to a host that has gone is kept, and is answered once it is back", async ({
  page,
  ollama,
  scripted,
}) => {
  ollama.next({ chunks: ["One."] });
  await ask(page, "First");
  await ended(page);
  await ollama.goAway();
  await ask(page, "Are you there?");
  await ended(page);
  await expect(page.locator(".problem").getByText("Ollama could not be reached.")).toBeVisible();
  await reload(page);
  await expect(page.getByText("Are you there?").last()).toBeVisible();
  // The demo does not replace the model of this conversation.
  const model = page.locator(".composer").getByLabel("Model");
  await expect(page.getByText(NOTICE)).toBeVisible();
  await expect(model).toHaveValue("qwen3:8b");
  await expect(model.locator("option:checked")).toHaveText("qwen3:8b (not reachable)");
  await ollama.comeBack();
  if (scripted) {
    await composer(page).fill("Half a thought");
    await expect(page.getByText(NOTICE)).toHaveCount(0, { timeout: 15_000 });
    await expect(model.locator("option:checked")).toHaveText("qwen3:8b");
    await expect(composer(page)).toHaveValue("Half a thought");
  }
  ollama.next({ chunks: ["I am."] });
  await retry(page);
  await reads(page, "I am.");
});
