import { expect, test } from "./fixtures";
import { answer, ask, composer, ended } from "./page";

test("a conversation prints as a document: who spoke and what was said", async ({
  page,
  ollama,
}) => {
  ollama.next({ thinking: ["Hm."], chunks: ["### Tides\n\nTwice a day."], end: "length" });
  await ask(page, "How often?");
  await ended(page);
  await page.emulateMedia({ media: "print" });
  await expect(page.getByText("How often?").last()).toBeVisible();
  await expect(page.getByRole("heading", { name: "You" })).toBeVisible();
  await expect(answer(page)).toContainText("Twice a day.");
  await expect(composer(page)).toBeHidden();
  await expect(page.locator(".sidebar")).toBeHidden();
  await expect(page.getByRole("button")).toHaveCount(0);
  await expect(page.getByText("Hm.").filter({ visible: true })).toHaveCount(0);
});
