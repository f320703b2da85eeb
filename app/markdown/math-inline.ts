import type { StateInline } from "markdown-it";
import { hasMathSign, MAX_FORMULA_CHARACTERS } from "./math-block";

/** What may follow a formula without a space, as in "$n$th" and "$x$s". */
const ORDINAL = /^(?:th|st|nd|rd|s)(?![A-Za-z0-9_$])/;

interface Found {
  tex: string;
  display: boolean;
  end: number;
}

export function mathInline(state: StateInline, silent: boolean): boolean {
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

function between(source: string, from: number, close: string, display: boolean): Found | null {
  const window = source.slice(from, from + MAX_FORMULA_CHARACTERS + close.length);
  let at = window.indexOf(close);
  while (at > 0 && isEscaped(window, at)) at = window.indexOf(close, at + 1);
  const tex = window.slice(0, Math.max(at, 0));
  // A backtick means that the dollar signs stand on both sides of code.
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

/** ASCII only, since Chinese and Japanese have no spaces around formulas. */
function isWordOrDollar(character: string | undefined): boolean {
  return character !== undefined && /[A-Za-z0-9_$]/.test(character);
}

/** An amount of money and a word, as in "$5 per unit, or 10$". */
function isProse(tex: string): boolean {
  return /^\d[\d.,]*(?:\*\*|[\s/-]+[a-z]{3}|\s+(?:a|an|as|at|by|if|in|is|of|on|or|to|vs)\b)/i.test(
    tex,
  );
}
