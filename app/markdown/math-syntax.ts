import type { MarkdownIt, StateBlock, StateInline } from "markdown-it";

/** Longer formulas are shown as text: it bounds the search for an end, and KaTeX's time. */
export const LONGEST_FORMULA = 2000;

/** "$n$th" and "$x$s" are the only words that may follow a formula at once. */
const ORDINAL = /^(?:th|st|nd|rd|s)(?![A-Za-z0-9_$])/;

interface Found {
  tex: string;
  display: boolean;
  /** Position after the closing delimiter. */
  end: number;
}

/**
 * Adds `$…$`, `$$…$$`, `\(…\)` and `\[…\]`. Own rules, because those of @mdit/plugin-tex let an unclosed
 * `$$` swallow the rest of the answer, take shell variables for formulas and search in quadratic time.
 */
export function useMath(markdown: MarkdownIt): void {
  markdown.inline.ruler.before("escape", "math_inline", mathInline);
  markdown.block.ruler.after("blockquote", "math_block", mathBlock, {
    alt: ["paragraph", "reference", "blockquote", "list"],
  });
}

function mathInline(state: StateInline, silent: boolean): boolean {
  const character = state.src[state.pos];
  if (character !== "$" && character !== "\\") return false;
  const source = state.src.slice(0, state.posMax);
  const found = inDollars(source, state.pos) ?? inBrackets(source, state.pos);
  if (found === null) return false;
  if (!silent) {
    const token = state.push("math_inline", "math", 0);
    token.content = found.tex.trim();
    token.info = found.display ? "display" : "";
  }
  state.pos = found.end;
  return true;
}

function inDollars(source: string, start: number): Found | null {
  if (source[start] !== "$" || isWordOrDollar(source[start - 1])) return null;
  if (source[start + 1] === "$") return between(source, start + 2, "$$", true);
  if (isBlank(source[start + 1])) return null;
  const found = between(source, start + 1, "$", false);
  if (found === null || isBlank(found.tex.at(-1)) || isProse(found.tex)) return null;
  const ends =
    !isWordOrDollar(source[found.end]) || ORDINAL.test(source.slice(found.end, found.end + 3));
  return ends ? found : null;
}

function inBrackets(source: string, start: number): Found | null {
  if (source.startsWith("\\(", start)) return between(source, start + 2, "\\)", false);
  if (!source.startsWith("\\[", start)) return null;
  const found = between(source, start + 2, "\\]", true);
  return found !== null && hasMathSign(found.tex) ? found : null;
}

/** The text up to the first closing delimiter that no backslash takes back. */
function between(source: string, from: number, close: string, display: boolean): Found | null {
  const window = source.slice(from, from + LONGEST_FORMULA + close.length);
  let at = window.indexOf(close);
  while (at > 0 && isEscaped(window, at)) at = window.indexOf(close, at + 1);
  const tex = window.slice(0, Math.max(at, 0));
  // A backtick means code: two dollar signs that merely stand on both sides of it are no formula.
  if (tex.trim() === "" || tex.includes("`")) return null;
  return { tex, display, end: from + at + close.length };
}

function isEscaped(text: string, at: number): boolean {
  let before = at;
  while (before > 0 && text[before - 1] === "\\") before--;
  return (at - before) % 2 === 1;
}

function isBlank(character: string | undefined): boolean {
  return character === undefined || /\s/.test(character);
}

/** ASCII only: Chinese and Japanese put formulas between their words without spaces. */
function isWordOrDollar(character: string | undefined): boolean {
  return character !== undefined && /[A-Za-z0-9_$]/.test(character);
}

/** "$5 per unit, or 10$" is about money: an amount, then a word. */
function isProse(tex: string): boolean {
  return /^\d[\d.,]*(?:\*\*|[\s/-]+[a-z]{3}|\s+(?:a|an|as|at|by|if|in|is|of|on|or|to|vs)\b)/i.test(
    tex,
  );
}

/** "\[note\]" is an escaped bracket in Markdown; a formula in brackets has at least one sign of one. */
function hasMathSign(tex: string): boolean {
  return /[\\^_=+<>{}|]|\d/.test(tex);
}

/** How a formula on lines of its own begins and ends. */
export const BLOCK_DELIMITERS = [
  ["$$", "$$"],
  ["\\[", "\\]"],
] as const;

/**
 * A formula on lines of its own. It ends before the next blank line or it is none, so that one open
 * delimiter costs one paragraph at most; whoever asks in silence gets the same answer.
 */
function mathBlock(state: StateBlock, start: number, end: number, silent: boolean): boolean {
  if (indent(state, start) >= 4) return false;
  const first = line(state, start);
  const delimiters = BLOCK_DELIMITERS.find(([open]) => first.startsWith(open));
  if (delimiters === undefined) return false;
  const [open, close] = delimiters;
  let tex = first.slice(open.length);
  let last = start;
  while (!tex.includes(close)) {
    last++;
    if (last >= end || state.isEmpty(last) || indent(state, last) < 0) return false;
    if ((state.eMarks[last] ?? 0) - (state.bMarks[start] ?? 0) > LONGEST_FORMULA) return false;
    tex += `\n${line(state, last)}`;
  }
  if (tex.indexOf(close) !== tex.length - close.length) return false;
  tex = tex.slice(0, -close.length).trim();
  if (tex === "" || (last === start && open === "\\[" && !hasMathSign(tex))) return false;
  if (silent) return true;
  const token = state.push("math_block", "math", 0);
  token.content = tex;
  token.map = [start, last + 1];
  state.line = last + 1;
  return true;
}

function indent(state: StateBlock, at: number): number {
  return (state.sCount[at] ?? 0) - state.blkIndent;
}

function line(state: StateBlock, at: number): string {
  const from = (state.bMarks[at] ?? 0) + (state.tShift[at] ?? 0);
  return state.src.slice(from, state.eMarks[at]).trimEnd();
}
