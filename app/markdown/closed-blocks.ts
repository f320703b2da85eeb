import type { Block } from "./blocks";
import { isClosedFence } from "./code";
import { BLOCK_DELIMITERS, MAX_FORMULA_CHARACTERS } from "./math-block";
import type { Lines } from "./source";

export interface ClosedBlocks {
  /** How many of the first blocks are closed: no further text can change them. */
  count: number;
  /** The next block, if it is certain to be a fence that is still open. */
  openFence: Block | null;
}

export function closedBlocks(blocks: readonly Block[], lines: Lines): ClosedBlocks {
  const undecided = possibleFormula(blocks, lines);
  const open = blocks.findIndex(
    (block, index) => block.end > undecided || !isClosed(block, blocks[index + 1], lines),
  );
  if (open === -1) return { count: blocks.length, openFence: null };
  const next = blocks[open] ?? null;
  const isFence = next !== null && next.start < undecided && isOpenFence(next, lines);
  return { count: open, openFence: isFence ? next : null };
}

function isOpenFence(block: Block, lines: Lines): boolean {
  const token = block.tokens[0];
  if (token?.type !== "fence" || isClosedFence(token)) return false;
  return block.start < lines.complete && !mayBecomeTable(block, lines);
}

function isClosed(block: Block, next: Block | undefined, lines: Lines): boolean {
  return (
    endsWithOwnLine(block, lines) ||
    endsWithBlankLine(block, lines) ||
    (next !== undefined && hasBegun(next, lines))
  );
}

function endsWithOwnLine(block: Block, lines: Lines): boolean {
  if (block.end > lines.complete || mayBecomeTable(block, lines)) return false;
  const { type, tokens } = block;
  if (type === "fence") return tokens[0] !== undefined && isClosedFence(tokens[0]);
  return type === "heading_open" || type === "hr" || type === "math_block";
}

function mayBecomeTable({ start }: Block, lines: Lines): boolean {
  return start + 2 > lines.complete && lines.at(start).includes("|");
}

/** Lists and indented code go on after a blank line. markdown-it may count it as a line of a quote. */
function endsWithBlankLine({ type, end }: Block, lines: Lines): boolean {
  const endedByBlank =
    type === "paragraph_open" || type === "blockquote_open" || type === "table_open";
  return endedByBlank && (lines.isBlank(end) || lines.isBlank(end - 1));
}

/** Whether a block is certain to begin here: a table needs two complete lines, a formula all of its lines. */
function hasBegun({ type, start, end }: Block, lines: Lines): boolean {
  const { complete } = lines;
  if (start < complete) {
    if (type === "table_open") return start + 2 <= complete;
    return type !== "math_block" || end <= complete;
  }
  // After a blank line the first character decides, unless it may be the mark of a list item.
  return lines.isBlank(start - 1) && /[^\s\-+*\d]/.test(lines.text.charAt(lines.start(start)));
}

/** The first line that may yet begin a formula, which would take in the blocks after it; Infinity if there is none. */
function possibleFormula(blocks: readonly Block[], lines: Lines): number {
  const { text, complete } = lines;
  const end = lines.start(complete);
  let found = Number.POSITIVE_INFINITY;
  for (let line = complete - 1; line >= 0 && !lines.isBlank(line); line--) {
    if (end - lines.start(line) > MAX_FORMULA_CHARACTERS + 8) break;
    const [indent = ""] = /^ {0,3}/.exec(lines.at(line)) ?? [];
    const start = lines.start(line) + indent.length;
    const [open, close] = BLOCK_DELIMITERS.find(([mark]) => text.startsWith(mark, start)) ?? [];
    if (open === undefined) continue;
    const content = text.slice(start + open.length, end);
    if (!content.includes(close) && !blocks.some((block) => isInsideCode(line, block)))
      found = line;
  }
  return found;
}

function isInsideCode(line: number, { type, start, end }: Block): boolean {
  return (type === "fence" || type === "math_block") && start < line && line < end;
}
