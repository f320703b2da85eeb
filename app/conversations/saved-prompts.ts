import type { OwnerDb } from "~/db/db";
import type { SavedPrompt } from "~/db/saved-prompts";
import { ParleyError } from "~/errors";
import { PLACEHOLDERS } from "~/limits";
import { placeholdersOf } from "./placeholders";
import { checkPrompt, checkTitle } from "./prompt";

export interface SavedPromptText {
  title: string;
  text: string;
}

/** The owner's saved prompt; throws if it is unknown. */
export async function findSavedPrompt(db: OwnerDb, id: string): Promise<SavedPrompt> {
  const prompt = await db.savedPrompts.find(id);
  if (prompt) return prompt;
  throw new ParleyError("saved-prompt-unknown", "There is no such saved prompt.", {
    kind: "unknown",
    next: "It may have been deleted. Pick one from the list.",
  });
}

/** Saves a new prompt, or changes the one with this id. Saves nothing if a field is invalid, and returns the faults. */
export async function savePrompt(
  db: OwnerDb,
  id: string | undefined,
  typed: SavedPromptText,
): Promise<Partial<SavedPromptText>> {
  const faults: Partial<SavedPromptText> = {};
  const check = (name: keyof SavedPromptText, read: (raw: string) => string) => {
    try {
      return read(typed[name]);
    } catch (error) {
      if (!(error instanceof ParleyError)) throw error;
      faults[name] = error.message;
      return "";
    }
  };
  const prompt = { title: check("title", checkTitle), text: check("text", checkText) };
  if (Object.keys(faults).length > 0) return faults;
  if (id === undefined) {
    await db.savedPrompts.add({ id: Bun.randomUUIDv7(), ...prompt });
  } else {
    await findSavedPrompt(db, id);
    await db.savedPrompts.change(id, prompt);
  }
  return faults;
}

function checkText(raw: string): string {
  const text = checkPrompt(raw);
  const { length } = placeholdersOf(text);
  if (length <= PLACEHOLDERS) return text;
  throw new ParleyError(
    "too-many-placeholders",
    `The prompt has ${length.toLocaleString("en")} placeholders; ${PLACEHOLDERS} is the most.`,
    { kind: "invalid" },
  );
}
