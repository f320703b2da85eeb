import type { Token } from "markdown-it";
import { isClosedFence } from "./code";
import type { Lines } from "./lines";
import type { RenderEnv } from "./memo";
import { type Definition, type ParseEnv, parser, type References } from "./parser";

/** A top-level block: what it is, its lines (the end is not part of it) and its tokens. */
export interface Block {
  type: string;
  start: number;
  end: number;
  tokens: Token[];
}

export interface Parsed {
  blocks: Block[];
  references: References;
  definitions: Definition[];
}

/** Parses text into its top-level blocks. `earlier` is what the text before it defines. */
export function parseBlocks(
  text: string,
  earlier: References = {},
  completeLines = Infinity,
): Parsed {
  const definitions: Definition[] = [];
  const references = { ...earlier };
  const env: ParseEnv = { earlier, references, completeLines, definitions };
  return { blocks: splitTokens(parser().parse(text, env)), references, definitions };
}

function splitTokens(tokens: Token[]): Block[] {
  const blocks: Block[] = [];
  let from = 0;
  tokens.forEach((token, index) => {
    if (token.level !== 0 || token.nesting === 1) return;
    const first = tokens[from] ?? token;
    const [start, end] = first.map ?? [0, 0];
    blocks.push({ type: first.type, start, end, tokens: tokens.slice(from, index + 1) });
    from = index + 1;
  });
  return blocks;
}

/** The HTML of one block. */
export function renderBlock(block: Block, env: RenderEnv = {}): string {
  const { renderer, options } = parser();
  return renderer.render(block.tokens, options, env);
}

/** How many of the first blocks stay as they are, whatever text may still come. */
export function countFinal(blocks: readonly Block[], lines: Lines): number {
  const firstOpen = blocks.findIndex((block, index) => !isFinal(block, blocks[index + 1], lines));
  return firstOpen === -1 ? blocks.length : firstOpen;
}

function isFinal(block: Block, next: Block | undefined, lines: Lines): boolean {
  return (
    endsItself(block, lines) ||
    endsBlank(block, lines) ||
    (next !== undefined && hasBegun(next, lines))
  );
}

/** Blocks whose own last line is their end, once that line is complete. */
function endsItself(block: Block, lines: Lines): boolean {
  if (block.end > lines.complete || mayBecomeTable(block, lines)) return false;
  const { type, tokens } = block;
  if (type === "fence") return tokens[0] !== undefined && isClosedFence(tokens[0]);
  return type === "heading_open" || type === "hr" || type === "math_block";
}

/** A line with a bar becomes the head of a table, whatever else it could be, when a row of dashes follows. */
function mayBecomeTable({ start }: Block, lines: Lines): boolean {
  return start + 2 > lines.complete && lines.at(start).includes("|");
}

/** The block when it is a fence that is still open and whose first line will stay what it is. */
export function asOpenFence(block: Block | undefined, lines: Lines): Block | null {
  const token = block?.tokens[0];
  if (block === undefined || token?.type !== "fence" || isClosedFence(token)) return null;
  return block.start < lines.complete && !mayBecomeTable(block, lines) ? block : null;
}

/**
 * Blocks that a blank line ends. Lists and indented code go on behind blank lines. A quote's lines may
 * already include the blank one, as markdown-it counts them.
 */
function endsBlank({ type, end }: Block, lines: Lines): boolean {
  const endedByBlank =
    type === "paragraph_open" || type === "blockquote_open" || type === "table_open";
  return endedByBlank && (lines.isBlank(end) || lines.isBlank(end - 1));
}

/**
 * True when no later text can take back that a block begins here, which ends the one before. One line
 * decides it, but a table needs its second line and a formula all of its lines.
 */
function hasBegun({ type, start, end }: Block, lines: Lines): boolean {
  const { complete } = lines;
  if (start < complete) {
    if (type === "table_open") return start + 2 <= complete;
    return type !== "math_block" || end <= complete;
  }
  // Behind a blank line the first character is enough, unless it may become the mark of a list item.
  return lines.isBlank(start - 1) && /[^\s\-+*\d]/.test(lines.text.charAt(lines.start(start)));
}
