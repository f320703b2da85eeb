const UNSPACED_SCRIPTS = [
  ..."Han Hiragana Katakana Hangul".split(" "),
  ..."Thai Lao Khmer Myanmar".split(" "),
];

/** Regular expression source: a character of a script with few or no spaces. */
export const UNSPACED = `[${UNSPACED_SCRIPTS.map((name) => `\\p{Script=${name}}`).join("")}ー]`;

/** Regular expression source: optional vowel points of Hebrew and Arabic. */
export const POINTS =
  "[\\u0591-\\u05C7\\u0610-\\u061A\\u0640\\u064B-\\u065F\\u0670\\u06D6-\\u06ED]";
