/** Sources of regular expressions about writing systems, for the search index and for snippets. */

const UNSPACED_SCRIPTS = [
  ..."Han Hiragana Katakana Hangul".split(" "),
  ..."Thai Lao Khmer Myanmar".split(" "),
];

/** A character of a script with few or no spaces between words. */
export const UNSPACED = `[${UNSPACED_SCRIPTS.map((name) => `\\p{Script=${name}}`).join("")}ー]`;

/** Vowel points of Hebrew and Arabic, which most people leave out. */
export const POINTS =
  "[\\u0591-\\u05C7\\u0610-\\u061A\\u0640\\u064B-\\u065F\\u0670\\u06D6-\\u06ED]";
