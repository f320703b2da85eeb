import type { Block } from "./blocks";
import { isClosedFence } from "./code";
import type { Lines } from "./lines";
import { BLOCK_DELIMITERS, LONGEST_FORMULA } from "./math-syntax";

/** How many of the first blocks stay as they are, whatever text may still come. */
export function countFinal(blocks: readonly Block[], lines: Lines): number {
  const decided = openFormula(lines);
  const firstOpen = blocks.findIndex(
    (block, index) => block.end > decided || !isFinal(block, blocks[index + 1], lines),
  );
  return firstOpen === -1 ? blocks.length : firstOpen;
}

/** The block when it is a fence that is still open and that no later text can take back. */
export function asOpenFence(block: Block | undefined, lines: Lines): Block | null {
  const token = block?.tokens[0];
  if (block === undefined || token?.type !== "fence" || isClosedFence(token)) return null;
  if (block.start >= lines.complete || block.start > openFormula(lines)) return null;
  return mayBecomeTable(block, lines) ? null : block;
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

/**
 * The first line that may yet turn out to begin a formula, whose end would swallow what now looks like
 * other blocks. It is in the last lines only, because a blank line and length put an end to the question.
 */
function openFormula(lines: Lines): number {
  const { text, complete } = lines;
  const end = lines.start(complete);
  let found = Number.POSITIVE_INFINITY;
  for (let line = complete - 1; line >= 0 && !lines.isBlank(line); line--) {
    if (end - lines.start(line) > LONGEST_FORMULA) break;
    const source = lines.at(line);
    const content = source.trimStart();
    const [open, close] = BLOCK_DELIMITERS.find(([mark]) => content.startsWith(mark)) ?? [];
    if (open === undefined || source.length - content.length > 3) continue;
    const from = lines.start(line) + source.length - content.length + open.length;
    if (!text.slice(from, end).includes(close ?? "")) found = line;
  }
  return found;
}
