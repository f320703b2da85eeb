import { renameSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "./fixtures";
import { ask, composer, ended, openHome, reads, send } from "./page";

const REASON = "the database file was moved, deleted or replaced";

test("while nothing can be saved a prompt comes back, an answer says so, and both go on after", async ({
  page,
  ollama,
  parley,
  faults,
}) => {
  faults.allow(/503/);
  const file = join(parley.folder, "parley.db");
  const aside = `${file}.aside`;
  ollama.next({ chunks: ["The tide comes.\n\n", "And it", " goes."], holdAfter: 2, everyMs: 200 });
  await ask(page, "About the tide");
  await expect(page.getByText("The tide comes.")).toBeVisible();
  renameSync(file, aside);
  await page.waitForTimeout(600);
  ollama.release();
  await expect(page.getByText(`Not saved yet: ${REASON}`).last()).toBeVisible();
  const other = await page.context().newPage();
  await openHome(other);
  await send(other, "Keep <me> & all");
  await expect(other.getByText(`Nothing can be saved: ${REASON}`)).toBeVisible();
  await expect(composer(other)).toHaveValue("Keep <me> & all");
  renameSync(aside, file);
  await ended(page);
  ollama.next({ chunks: ["Kept."] });
  await send(other, "Keep <me> & all");
  await reads(other, "Kept.");
  await page.reload();
  await reads(page, "The tide comes.\n\nAnd it goes.");
  await expect(page.getByText("Not saved yet")).toHaveCount(0);
});
