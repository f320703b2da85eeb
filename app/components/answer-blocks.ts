/** The blocks of an answer as strings, for settled and live pages alike. HTML comes from markdown/ only. */

/** One closed block of Markdown. Each block finds its own direction. */
export function closedBlock(html: string) {
  return `<div class="closed-block" dir="auto">${html}</div>`;
}

export function closedBlocks(blocks: readonly string[]) {
  return blocks.map(closedBlock).join("");
}

/** Starts the text of a block that still grows; CSS hides it when its closed block follows. */
export const OPEN_BLOCK_START = '<div class="open-block" dir="auto">';
