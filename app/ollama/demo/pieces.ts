// A word with the space before it, or a run of signs, or the space at the end.
const PIECE = /\s*(?:[\p{L}\p{N}\p{M}'’]+[.,;:!?…]*|[^\s\p{L}\p{N}\p{M}]+)|\s+/gu;

/** Cuts a text as a model would send it; joined, the pieces are the text again, byte for byte. */
export function piecesOf(text: string): string[] {
  return text.match(PIECE) ?? [];
}
