import fc from "fast-check";
import { GrowingMarkdown } from "../incremental";

/** How a text arrives: the lengths of its chunks, again and again, and after which of them it is settled. */
export type Arrival = { characters: number; isSettled: boolean }[];

const arrivalOf = (maxCharacters: number): fc.Arbitrary<Arrival> =>
  fc.array(
    fc.record({
      // UTF-16 units, so that emoji and line breaks get cut.
      characters: fc.integer({ min: 1, max: maxCharacters }),
      isSettled: fc.integer({ min: 1, max: 10 }).map((n) => n <= 7),
    }),
    { minLength: 1, maxLength: 40 },
  );

export const arrival = fc.oneof(arrivalOf(3), arrivalOf(30));

/** The growing answer each time that it is settled. */
export function* settledStates(text: string, steps: Arrival): Generator<GrowingMarkdown, void> {
  const answer = new GrowingMarkdown();
  let at = 0;
  for (let index = 0; at < text.length; index++) {
    const { characters, isSettled } = steps[index % steps.length] ?? {
      characters: 1,
      isSettled: true,
    };
    answer.append(text.slice(at, at + characters));
    at += characters;
    if (!isSettled) continue;
    answer.settle();
    yield answer;
  }
  answer.settle();
  yield answer;
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

/** Marks and words in any order. */
export const markdown = fc
  .array(fc.constantFrom(...MARKS), { minLength: 1, maxLength: 40 })
  .map((parts) => parts.join(""));
