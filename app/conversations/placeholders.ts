import { ParleyError } from "~/errors";
import { PROMPT_BYTES } from "~/limits";

/**
 * Places in a saved prompt that are filled in when it is used: `{{topic}}`. A name is one line without braces;
 * whatever else has braces, `{{}}` among them, is text.
 */
const PLACEHOLDER = /\{\{([^{}\n]{1,100})\}\}/g;

/** A piece of a saved prompt: plain text, or a place by its name. */
export type Piece = { text: string } | { name: string };

/** The text cut at its places; once there are `most` pieces, the rest is text. */
export function piecesOf(text: string, most = Number.POSITIVE_INFINITY): Piece[] {
  const pieces: Piece[] = [];
  let end = 0;
  for (const match of text.matchAll(PLACEHOLDER)) {
    if (pieces.length >= most) break;
    const name = match[1]?.trim() ?? "";
    if (name === "") continue;
    if (match.index > end) pieces.push({ text: text.slice(end, match.index) });
    pieces.push({ name });
    end = match.index + match[0].length;
  }
  if (end < text.length) pieces.push({ text: text.slice(end) });
  return pieces;
}

/** The names of the places, each once, in the order in which they come. */
export function placeholdersOf(text: string): string[] {
  const names = new Set<string>();
  for (const [, name = ""] of text.matchAll(PLACEHOLDER)) names.add(name.trim());
  names.delete("");
  return [...names];
}

/**
 * The text with its places filled. What is put in is not looked at again, whatever braces it has. Throws where
 * the whole would be longer than a prompt: a few places repeat what is put in many times.
 */
export function fillPlaceholders(text: string, valueFor: (name: string) => string): string {
  const parts = piecesOf(text).map((piece) =>
    "name" in piece ? valueFor(piece.name) : piece.text,
  );
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  if (length <= PROMPT_BYTES) return parts.join("");
  throw new ParleyError(
    "prompt-too-long",
    "With what you filled in, the prompt is longer than 1 MiB.",
    {
      status: 422,
      next: "Go back and fill in less.",
    },
  );
}
