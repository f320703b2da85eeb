/**
 * The pieces of an answer as strings: the settled page and both live ways are made of the same ones.
 * `html` is trusted and comes from markdown/ only.
 */

/** One closed block of Markdown. Each block finds its own direction. */
export function finalPiece(html: string) {
  return `<div class="final" dir="auto">${html}</div>`;
}

/** Blocks one after the other, as they stand in an answer. */
export function finalPieces(blocks: readonly string[]) {
  return blocks.map(finalPiece).join("");
}

/** Opens the source of a block that is still written; it disappears when its `finalPiece` follows. */
export const DRAFT_OPENING = '<div class="draft" dir="auto">';
