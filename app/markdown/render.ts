import { parseBlocks, renderBlock } from "./blocks";

/** Final HTML of each top-level block, in order. */
export function renderBlocks(text: string): string[] {
  return parseBlocks(text).blocks.map((block) => renderBlock(block));
}

/** Blocks as they stand in an answer: each in `<div class="final">`, one after the other. */
export function wrapBlocks(blocks: readonly string[]): string {
  return blocks.map((html) => `<div class="final">${html}</div>`).join("");
}
