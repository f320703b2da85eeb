/** Numbers from 0 to 1 that are the same in every run (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** One of the items. */
export function pick<T>(items: readonly T[], random: () => number): T {
  const item = items[Math.floor(random() * items.length)];
  if (item === undefined) throw new Error("nothing to pick from");
  return item;
}

/** A text in pieces as a model streams it, of 1 to `longest` UTF-16 units: emoji and line breaks get cut. */
export function piecesOf(text: string, longest: number, random: () => number): string[] {
  const pieces: string[] = [];
  for (let at = 0; at < text.length; ) {
    const length = 1 + Math.floor(random() * longest);
    pieces.push(text.slice(at, at + length));
    at += length;
  }
  return pieces;
}

const MARKS = [
  ..."\n \n \n \n\n \n\n \r\n \r - * + 1. 2) > # ## ``` ~~~ ` `` ** _ ~~ $ $$ \\( \\) \\[ \\] | - -- --- = ===".split(
    " ",
  ),
  ...[
    "- ",
    "* ",
    "1. ",
    "> ",
    "# ",
    "  ",
    "    ",
    "\t",
    "```js",
    "\n```\n",
    "\n\n```\n",
    "-\n",
    "- [ ] ",
    "- [x] t",
  ],
  ...[
    "word",
    "b c",
    "x^2",
    "5",
    "🌊",
    "é",
    "&amp;",
    "&",
    "\\",
    "<b>",
    "\0",
    "www.a.example",
    "\u00a0",
    "\f",
    "\u2028",
    "https://b.example/c",
  ],
  ...[
    "![",
    "](",
    ")",
    "[",
    "-|-",
    "|-|-|\n",
    "| a | b |\n",
    "| a | b",
    "a | b\n",
    "```a | b\n",
    "$$\nx\n$$\n",
  ],
];

/** A text of marks and words in any order: what no person writes, but a model may. */
export function randomMarkdown(random: () => number): string {
  return Array.from({ length: 1 + Math.floor(random() * 40) }, () => pick(MARKS, random)).join("");
}
