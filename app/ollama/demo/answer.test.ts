import { describe, expect, test } from "vitest";
import { answerTo, chunksOf, type Message } from "./answer";
import { LONG_ANSWER, sampleFor } from "./samples";

const person = (content: string): Message => ({ role: "user", content });
const eliza = (content: string): Message => ({ role: "assistant", content });

describe("samples", () => {
  test.each<[string, RegExp]>([
    ["show me a table", /\| --- \| --- \| ---: \|/],
    ["A table, please.", /\| Moon \|/],
    ["how does a table look?", /\| Moon \|/],
    ["Please show me code", /```ts\n[\s\S]*```python\n/],
    ["write a python script", /```python/],
    ["Can you do math?", /\$ax\^2[\s\S]*\n\$\$\n/],
    ["give me an example of a formula", /\$\$/],
    ["make a to-do list", /- \[x\] .*\n- \[ \] /],
    ["show me a quote", /^> Talking/m],
    ["show a link", /\[link to Ollama\]\(https:/],
    ["write something long", /^# A small program/],
    ["Tell me a long story!", /^# A small program/],
    ["a longer answer, please", /^# A small program/],
    ["Write 500 words", /^# A small program/],
  ])("%s", (prompt, expected) => {
    expect(sampleFor(prompt)).toMatch(expected);
  });

  test.each([
    "show me formatting",
    "Markdown",
    "can you show me some markdown?",
    "display formatting",
  ])("%s shows everything there is", (prompt) => {
    const sample = sampleFor(prompt) ?? "";
    const parts = [
      ...[/^## /m, /\*\*bold\*\*/, /\*italic\*/, /`inline code`/, /^- /m, /^1\. /m, /^- \[ \] /m],
      ...[/^\| --- /m, /^```ts$/m, /^```python$/m, /^> /m, /\]\(https:/, /\$\\sum/, /^\$\$$/m],
    ];
    for (const part of parts) expect(sample).toMatch(part);
  });

  test("two things are shown one after the other", () => {
    expect(sampleFor("show me a table and some code")).toMatch(/### A table[\s\S]*### Code/);
  });

  test.each([
    "I love code",
    "Do you like long walks?",
    "I make tables at work",
    "my list of friends is short",
    "I long for home",
    "show me how long it takes",
    "Tell me a joke about programs",
    "What is code?",
    `write a table ${"and then some more ".repeat(20)}`,
    "",
  ])("%j asks for none", (prompt) => {
    expect(sampleFor(prompt)).toBeUndefined();
  });

  test("the long answer is long", () => {
    expect(LONG_ANSWER.split(/\s+/).length).toBeGreaterThan(500);
  });
});

describe("chunks", () => {
  test.each<[string, string[]]>([
    ["Hello, dear person!", ["Hello,", " dear", " person!"]],
    ["**bold** `x`", ["**", "bold", "**", " `", "x", "`"]],
    ["| a | b |\n| --- |", ["|", " a", " |", " b", " |", "\n|", " ---", " |"]],
    ["don't\n\n  go", ["don't", "\n\n  go"]],
    ["end \n", ["end", " \n"]],
    ["", []],
  ])("%j", (text, expected) => {
    expect(chunksOf(text)).toEqual(expected);
  });

  const texts = [
    "👩‍👩‍👧 é\u0301 ﬁ 你好 😀!",
    "a\r\n\tb\u00a0c \u2028",
    "\ud800 half",
    sampleFor("markdown") ?? "",
    LONG_ANSWER,
  ];
  test.each(texts)("joined they are the text again: %j", (text) => {
    expect(chunksOf(text).join("")).toBe(text);
  });
});

describe("an answer", () => {
  const before = [person("My sister sings."), eliza("I see."), person("show me a table")];

  test("a prompt for a sample uses up no memory", () => {
    const answer = answerTo([...before, eliza("…"), person("Xyzzy")]);
    expect(answer).toContain("your sister sings");
  });

  test("looks at the person's messages only", () => {
    const messages = [
      { role: "system", content: "Be brief." },
      ...before,
      { role: "tool", content: "x" },
    ];
    expect(answerTo(messages)).toMatch(/^Here you are/);
  });

  test.each<[string, Message[]]>([
    ["nobody", []],
    ["a system message", [{ role: "system", content: "Be brief." }]],
  ])("to %s is a greeting", (_, messages) => {
    expect(answerTo(messages)).toMatch(/^Hello! I am eliza/);
  });
});

describe("continuing", () => {
  const prompt = [person("show me a table")];
  const whole = answerTo(prompt);

  test.each([0, 1, 12, 40, whole.length - 1])("after %d characters it gives the rest", (at) => {
    const begun = whole.slice(0, at);
    expect(begun + answerTo([...prompt, eliza(begun)])).toBe(whole);
  });

  test.each<[string, string, RegExp]>([
    ["all that there was", whole, /^ ?… \w/],
    ["another's sentence", "The sea is wide.", /^ \p{Lu}/u],
    ["half a sentence", "The sea is", /^ … \p{Lu}/u],
    ["a space", "The sea is ", /^\p{Lu}/u],
    ["open code", "```ts\nconst a = 1;", /^\n```\n\n\p{Lu}/u],
    ["open code and a line end", "```ts\nconst a = 1;\n", /^```\n\n\p{Lu}/u],
  ])("after %s it goes on with a sentence", (_, begun, expected) => {
    expect(answerTo([...prompt, eliza(begun)])).toMatch(expected);
  });
});
