/** What search has to know of writing, for what it indexes and for what it shows. Sources of regular expressions. */

const UNSPACED_SCRIPTS = [
  ..."Han Hiragana Katakana Hangul".split(" "),
  ..."Thai Lao Khmer Myanmar".split(" "),
];

/** A character of a script that does not part its words, or parts them seldom. */
export const UNSPACED = `[${UNSPACED_SCRIPTS.map((name) => `\\p{Script=${name}}`).join("")}ー]`;

/** Vowel points and the like of Hebrew and Arabic, which most people leave away. */
export const POINTS =
  "[\\u0591-\\u05C7\\u0610-\\u061A\\u0640\\u064B-\\u065F\\u0670\\u06D6-\\u06ED]";
