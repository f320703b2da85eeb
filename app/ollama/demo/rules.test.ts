import { expect, test } from "vitest";
import { converse } from "./eliza";
import { FROM_MEMORY, NO_WORDS, NOTHING_FITS, OTHER_SCRIPT, RULES, SAID_AGAIN } from "./rules";

const patterns = RULES.flatMap((rule) => rule.patterns);
const sentences = [
  ...patterns.flatMap(([, ...answers]) => answers),
  ...[FROM_MEMORY, NO_WORDS, NOTHING_FITS, OTHER_SCRIPT, SAID_AGAIN].flat(),
];

test("there is enough to talk about", () => {
  expect(new Set(RULES.flatMap((rule) => rule.keys)).size).toBeGreaterThan(150);
  expect(new Set(sentences).size).toBeGreaterThan(250);
});

test.each(patterns)("%s has answers that name only what it finds", (pattern, ...answers) => {
  const found = pattern.split(" ").filter((part) => /^[*+]$|\//.test(part));
  const mayBeEmpty = found.map((part) => part === "*");
  expect(answers.length).toBeGreaterThan(0);
  for (const [, number] of answers.join(" ").matchAll(/\$(\d)/g)) {
    expect(mayBeEmpty[Number(number) - 1], `$${number}`).toBe(false);
  }
});

test.each(RULES.map(({ keys, patterns }) => [keys.join(" "), keys, patterns] as const))(
  "the keys of “%s” are lower case and can occur",
  (_, keys) => {
    for (const key of keys) expect(key).toMatch(/^[a-z0-9']+( [a-z0-9']+)*$/);
  },
);

test.each(
  RULES.filter(({ patterns }) => patterns.some(([pattern]) => pattern === "*")).flatMap(
    ({ keys, patterns }) =>
      keys.map((key) => [key, patterns.flatMap(([, ...answers]) => answers)] as const),
  ),
)("“%s” alone is answered by a rule", (key) => {
  expect([...NOTHING_FITS, ...NO_WORDS]).not.toContain(converse([key]));
});

test.each(sentences)("%s", (sentence) => {
  expect(sentence).toMatch(/^[\p{Lu}>$]|^eliza|^“/u);
  expect(sentence).toMatch(/[.?!”…)]$/);
  expect(sentence).not.toMatch(/\b(chat|thread|session|backend)\b/i);
});
