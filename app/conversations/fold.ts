import { POINTS } from "~/shared/writing-systems";

/**
 * Text as search compares it: without case, accents and vowel points. SQLite's tokenizer does the same for the
 * index; here it is done once more to find in a text what the index has found in it.
 */
export interface Folded {
  text: string;
  /** Where a place in `text` is in the text that was folded. */
  origin(at: number): number;
}

const MARKS = new RegExp(`[\\u0300-\\u036F]|${POINTS}`, "g");
const ASCII = /^[\0-\x7F]*$/;

/** Folds a text, and keeps in mind where each of its characters came from. */
export function fold(text: string): Folded {
  if (ASCII.test(text)) return { text: text.toLowerCase(), origin: (at) => at };
  const origins: number[] = [];
  let folded = "";
  let from = 0;
  for (const character of text) {
    const plain = foldedCharacter(character);
    folded += plain;
    for (let unit = 0; unit < plain.length; unit++) origins.push(from);
    from += character.length;
  }
  origins.push(from);
  return { text: folded, origin: (at) => origins[at] ?? text.length };
}

const known = new Map<string, string>();

function foldedCharacter(character: string): string {
  let folded = known.get(character);
  if (folded === undefined) {
    folded = character.normalize("NFKD").replace(MARKS, "").toLowerCase();
    known.set(character, folded);
  }
  return folded;
}
