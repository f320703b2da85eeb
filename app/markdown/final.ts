import type { Block } from "./blocks";
import { isClosedFence } from "./code";
import type { Lines } from "./lines";
import { BLOCK_DELIMITERS, LONGEST_FORMULA } from "./math-delimiters";

/** What no text that may still come can change. */
export interface Settled {
  /** How many of the first blocks stay as they are. */
  final: number;
  /** The block after those, where it is a fence that is still open and certain to be one. */
  openFence: Block | null;
}

/** Tells which blocks stay as they are. */
export function settled(blocks: readonly Block[], lines: Lines): Settled {
  const decided = openFormula(blocks, lines);
  const open = blocks.findIndex(
    (block, index) => block.end > decided || !isFinal(block, blocks[index + 1], lines),
  );
  if (open === -1) return { final: blocks.length, openFence: null };
  const next = blocks[open] ?? null;
  const isFence = next !== null && next.start < decided && isOpenFence(next, lines);
  return { final: open, openFence: isFence ? next : null };
}

function isOpenFence(block: Block, lines: Lines): boolean {
  const token = block.tokens[0];
  if (token?.type !== "fence" || isClosedFence(token)) return false;
  return block.start < lines.complete && !mayBecomeTable(block, lines);
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
function openFormula(blocks: readonly Block[], lines: Lines): number {
  const { text, complete } = lines;
  const end = lines.start(complete);
  let found = Number.POSITIVE_INFINITY;
  for (let line = complete - 1; line >= 0 && !lines.isBlank(line); line--) {
    // Eight characters more than a formula may have, for the indentation and the delimiter.
    if (end - lines.start(line) > LONGEST_FORMULA + 8) break;
    const [indent = ""] = /^ {0,3}/.exec(lines.at(line)) ?? [];
    const start = lines.start(line) + indent.length;
    const [open, close] = BLOCK_DELIMITERS.find(([mark]) => text.startsWith(mark, start)) ?? [];
    if (open === undefined) continue;
    const content = text.slice(start + open.length, end);
    if (!content.includes(close) && !blocks.some((block) => isInside(line, block))) found = line;
  }
  return found;
}

/** Lines inside of code or of a formula begin nothing. */
function isInside(line: number, { type, start, end }: Block): boolean {
  return (type === "fence" || type === "math_block") && start < line && line < end;
}
