import { parseBlocks, renderBlock } from "./blocks";

/** Final HTML of each top-level block, in order. */
export function renderBlocks(text: string): string[] {
  return parseBlocks(text).blocks.map((block) => renderBlock(block));
}
