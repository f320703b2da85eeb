import { expect, type Locator, type Page } from "playwright/test";

/** A page that streams never ends: it counts as there when it begins. */
const BEGUN = { waitUntil: "commit" } as const;

export const composer = (page: Page): Locator => page.getByLabel("Message");
export const sendButton = (page: Page): Locator =>
  page.getByRole("button", { name: "Send", exact: true });
/** Stands beside Stop while an answer is being written. */
export const sendNextButton = (page: Page): Locator =>
  page.getByRole("button", { name: "Send next" });
export const stopButton = (page: Page): Locator => page.getByRole("button", { name: "Stop" });

/** Opens the first page, whole: where there is script, it runs. */
export async function openHome(page: Page): Promise<void> {
  await page.goto("./");
}

/** Writes a prompt and sends it with the button; whether it was taken is for the test to see. */
export async function send(page: Page, prompt: string): Promise<void> {
  if (page.url() === "about:blank") await openHome(page);
  await composer(page).fill(prompt);
  await sendButton(page).click();
}

/** Sends a prompt and waits until it stands in the conversation, with its answer on the way or there. */
export async function ask(page: Page, prompt: string): Promise<void> {
  const turns = page.locator(".person");
  const before = await turns.count();
  await send(page, prompt);
  await expect(turns).toHaveCount(before + 1);
}

/** Waits until nothing is being written: Send is back. */
export async function ended(page: Page, timeout = 10_000): Promise<void> {
  await expect(sendButton(page)).toBeVisible({ timeout });
  await expect(stopButton(page)).toBeHidden();
}

export async function stop(page: Page): Promise<void> {
  await stopButton(page).click();
  await ended(page);
}

export async function regenerate(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Again", exact: true }).last().click();
}

export async function continueAnswer(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Continue" }).click();
}

export async function retry(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Try again" }).click();
}

export async function reload(page: Page): Promise<void> {
  await page.reload(BEGUN);
}

export async function open(page: Page, address: string): Promise<void> {
  await page.goto(address, BEGUN);
}

export async function goBack(page: Page): Promise<void> {
  await page.goBack(BEGUN);
}

export async function chooseTheme(page: Page, word: "System" | "Light" | "Dark"): Promise<void> {
  await page.getByRole("form", { name: "Theme" }).getByRole("button", { name: word }).click();
}

/** Opens the column that a phone hides. */
export async function openSidebar(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Conversations" }).click();
  await expect(page.getByRole("navigation", { name: "Conversations" })).toBeVisible();
}
