/** A closed block of an answer; `html` comes from markdown/. Each block finds its own text direction. */
export function closedBlock(html: string) {
  return `<div class="closed-block" dir="auto">${html}</div>`;
}

export function closedBlocks(blocks: readonly string[]) {
  return blocks.map(closedBlock).join("");
}

/** Begins a block that still grows; CSS hides it when its closed block follows. */
export const OPEN_BLOCK_START = '<div class="open-block" dir="auto">';
