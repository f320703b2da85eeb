import type { StateBlock } from "markdown-it";

/** Longer formulas are shown as text, which bounds the search for an end and KaTeX's time. */
export const MAX_FORMULA_CHARACTERS = 2000;

export const BLOCK_DELIMITERS = [
  ["$$", "$$"],
  ["\\[", "\\]"],
] as const;

/** Tells a formula from escaped brackets such as "\[note\]". */
export function hasMathSign(tex: string): boolean {
  return /[\\^_=+<>{}|]|\d/.test(tex);
}

/** Parses a formula on lines of its own; without blank lines, so that an unclosed delimiter costs one paragraph. */
export function mathBlock(state: StateBlock, start: number, end: number, silent: boolean): boolean {
  if (indent(state, start) >= 4) return false;
  const from = lineStart(state, start);
  const delimiters = BLOCK_DELIMITERS.find(([open]) => state.src.startsWith(open, from));
  if (delimiters === undefined) return false;
  const [open, close] = delimiters;
  const window = state.src.slice(from + open.length, from + open.length + MAX_FORMULA_CHARACTERS);
  const at = window.indexOf(close);
  if (at === -1) return false;
  const closed = from + open.length + at + close.length;
  const last = lineOf(closed, state, start, end);
  if (last === null || lineStart(state, last) + line(state, last).length !== closed) return false;
  const lines = Array.from({ length: last - start + 1 }, (_, index) => line(state, start + index));
  const tex = lines.join("\n").slice(open.length, -close.length).trim();
  if (tex === "" || (last === start && open === "\\[" && !hasMathSign(tex))) return false;
  if (silent) return true;
  const token = state.push("math_block", "math", 0);
  token.content = tex;
  token.map = [start, last + 1];
  state.line = last + 1;
  return true;
}

function lineOf(position: number, state: StateBlock, start: number, end: number): number | null {
  let at = start;
  while ((state.eMarks[at] ?? 0) < position) {
    at++;
    if (at >= end || state.isEmpty(at) || indent(state, at) < 0) return null;
  }
  return at;
}

function indent(state: StateBlock, at: number): number {
  return (state.sCount[at] ?? 0) - state.blkIndent;
}

function lineStart(state: StateBlock, at: number): number {
  return (state.bMarks[at] ?? 0) + (state.tShift[at] ?? 0);
}

function line(state: StateBlock, at: number): string {
  return state.src.slice(lineStart(state, at), state.eMarks[at]).trimEnd();
}
