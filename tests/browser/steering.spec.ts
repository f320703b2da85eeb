import type { ScriptedOllama } from "../ollama/host";
import { expect, test } from "./fixtures";
import { ask, ended, openHome } from "./page";

interface Asked {
  messages: { role: string; content: string }[];
  options?: Record<string, unknown>;
}

function lastAsked(ollama: ScriptedOllama): Asked {
  return ollama.chats().at(-1)?.body as Asked;
}

test("instructions and options of a conversation steer its next answer", async ({
  page,
  ollama,
  faults,
}) => {
  faults.allow(/422/);
  await ask(page, "Why do the tides come?");
  await ended(page);
  await page.getByRole("link", { name: "Instructions and options" }).click();
  await page.getByLabel("Instructions", { exact: true }).fill("Answer in verse.");
  await page.getByLabel("Temperature").fill("7");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("One field was not taken")).toBeVisible();
  await expect(page.getByLabel("Temperature")).toHaveAccessibleDescription(/from 0 to 2/);
  await expect(page.getByLabel("Temperature")).toHaveValue("7");
  await expect(page.getByLabel("Instructions", { exact: true })).toHaveValue("Answer in verse.");
  await page.getByLabel("Temperature").fill("0.3");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("link", { name: "Instructions, temperature 0.3" })).toBeVisible();
  await ask(page, "And why twice?");
  await ended(page);
  const asked = lastAsked(ollama);
  expect(asked.messages[0]).toEqual({ role: "system", content: "Answer in verse." });
  expect(asked.options).toEqual({ temperature: 0.3 });
});

test("instructions can be given with the first prompt, and be none where a default has some", async ({
  page,
  ollama,
}) => {
  await page.goto("./settings");
  await page.getByLabel("Instructions", { exact: true }).fill("Answer in verse.");
  await page.getByRole("button", { name: "Save" }).click();
  await openHome(page);
  await page.getByText("Instructions for this conversation").click();
  await page.getByLabel("Instructions", { exact: true }).fill("Answer in prose.");
  await ask(page, "Why do the tides come?");
  await ended(page);
  expect(lastAsked(ollama).messages[0]).toEqual({ role: "system", content: "Answer in prose." });
  await page.getByRole("link", { name: "Instructions", exact: true }).click();
  await page.getByLabel("Instructions", { exact: true }).fill("");
  await page.getByLabel("No instructions here").check();
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("link", { name: "No instructions" })).toBeVisible();
  await ask(page, "And why twice?");
  await ended(page);
  expect(lastAsked(ollama).messages[0]?.role).toBe("user");
});

test("a fault in a folded field is in sight", async ({ page, faults }) => {
  faults.allow(/422/);
  await openHome(page);
  await page.getByRole("link", { name: "Instructions and options" }).click();
  await page.getByText("More options").click();
  await page.getByLabel("Keep in memory").fill("a while");
  await page.getByText("More options").click();
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("It must be seconds, or a duration")).toBeVisible();
  await expect(page.getByLabel("Keep in memory")).toHaveValue("a while");
});

test("defaults of a model and of the person hold for new conversations", async ({
  page,
  ollama,
}) => {
  await page.goto("./settings");
  await page.getByLabel("Temperature").fill("1.5");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Saved.")).toBeVisible();
  await page.getByRole("link", { name: "gemma3:4b" }).click();
  await expect(page.getByLabel("Temperature")).toHaveAccessibleDescription(
    /1\.5, your default for every model/,
  );
  await page.getByLabel("Longest answer").fill("40");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Saved.")).toBeVisible();
  await page.goto("./?model=gemma3:4b");
  await expect(
    page.getByRole("link", { name: "Temperature 1.5, longest answer 40" }),
  ).toBeVisible();
  await ask(page, "Why do the tides come?");
  await ended(page);
  expect(lastAsked(ollama).options).toEqual({
    temperature: 1.5,
    num_predict: 40,
  });
});
