/** Longer formulas are shown as text: it bounds the search for an end, and KaTeX's time. */
export const LONGEST_FORMULA = 2000;

/** How a formula on lines of its own begins and ends. */
export const BLOCK_DELIMITERS = [
  ["$$", "$$"],
  ["\\[", "\\]"],
] as const;

/** "\[note\]" is an escaped bracket in Markdown; a formula in brackets has at least one sign of one. */
export function hasMathSign(tex: string): boolean {
  return /[\\^_=+<>{}|]|\d/.test(tex);
}
