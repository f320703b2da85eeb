/**
 * Places in a saved prompt that are filled in when it is used: `{{topic}}`. A name is one line without braces;
 * whatever else has braces, `{{}}` among them, is text.
 */
const PLACEHOLDER = /\{\{([^{}\n]{1,100})\}\}/g;

/** A piece of a saved prompt: plain text, or a place by its name. */
export type Piece = { text: string } | { name: string };

/** The text cut at its places. */
export function piecesOf(text: string): Piece[] {
  const pieces: Piece[] = [];
  let end = 0;
  for (const match of text.matchAll(PLACEHOLDER)) {
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
  return [...new Set(piecesOf(text).flatMap((piece) => ("name" in piece ? [piece.name] : [])))];
}

/** The text with its places filled. What is put in is not looked at again, whatever braces it has. */
export function fillPlaceholders(text: string, valueFor: (name: string) => string): string {
  return piecesOf(text)
    .map((piece) => ("name" in piece ? valueFor(piece.name) : piece.text))
    .join("");
}
