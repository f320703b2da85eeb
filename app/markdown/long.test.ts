import { describe, expect, test } from "vitest";
import {
  FORMATTED_BLOCK_CHARACTERS,
  FORMATTED_CHARACTERS,
  FORMATTED_PARAGRAPH_CHARACTERS,
  FORMULAS,
  LINKED_WORD_CHARACTERS,
} from "~/limits";
import { renderBlocks, renderBlocksInSteps } from "./blocks";
import { GrowingMarkdown } from "./incremental";
import { benign, filled, pathological } from "./testing/pathological";

const NOTE = "The rest of this answer is too long to format; it is shown as plain text.";

/** How many times as long as ordinary text of its size any other text may take. */
const TIMES = 20;

/** Milliseconds of the processor, which others cannot take away; the least of up to three tries. */
function time(act: () => void, enough = 0): number {
  let least = Number.POSITIVE_INFINITY;
  for (let tries = 0; tries < 3 && least > enough; tries++) {
    const begun = process.cpuUsage();
    act();
    const { user, system } = process.cpuUsage(begun);
    least = Math.min(least, (user + system) / 1_000);
  }
  return least;
}

/** Streams a text in chunks of this length to a reader who is always up to date. */
function stream(text: string, length: number): GrowingMarkdown {
  const answer = new GrowingMarkdown();
  for (let at = 0; at < text.length; at += length) {
    answer.append(text.slice(at, at + length));
    while (answer.settle());
    answer.tailHtml();
  }
  return answer;
}

describe("an answer past the limit", () => {
  const long = benign(FORMATTED_CHARACTERS + 100_000);
  const texts: [name: string, text: string][] = [
    ["paragraphs", long],
    ["an open fence", `\`\`\`js\n${filled("let a = 1;\n", FORMATTED_CHARACTERS + 50_000)}`],
    [
      "a line that ends just before it",
      `${benign(FORMATTED_CHARACTERS - 100)}\n${filled("a", 9_000)}`,
    ],
    ["a long last line", `${benign(FORMATTED_CHARACTERS - 9_000)}\n${filled("a b ", 60_000)}`],
    ["line ends of two characters", filled("word\r\n\r\n", FORMATTED_CHARACTERS * 2)],
  ];

  test.each(texts)(
    "goes on as plain text in the same way, streamed or whole: %s",
    async (_, text) => {
      const whole = renderBlocks(text);
      expect(whole.join("").split(NOTE)).toHaveLength(2);
      expect(await renderBlocksInSteps(text)).toEqual(whole);
      for (const length of [997, 65_536, text.length]) {
        const answer = stream(text, length);
        expect(answer.closed).toEqual(whole.slice(0, answer.closed.length));
        expect([...answer.closed, answer.tailHtml()].filter(Boolean)).toEqual(whole);
        expect(await answer.finish()).toEqual({ blocks: whole, same: true });
      }
    },
  );

  test.each([
    ["one line", filled("word ", FORMATTED_CHARACTERS + 50_000)],
    ["characters of two halves", `a${filled("\u{1f30a}", FORMATTED_CHARACTERS + 50_000)}`],
    ["one list", filled("- a\n", FORMATTED_CHARACTERS + 50_001)],
  ])("is what a reload shows once it has ended, though it is one block: %s", async (_, text) => {
    const whole = renderBlocks(text);
    for (const length of [997, 65_536]) {
      const { blocks } = await stream(text, length).finish();
      expect(blocks.length).toBe(whole.length);
      expect(blocks.every((html, index) => html === whole[index])).toBe(true);
      expect(blocks.every((html) => html.isWellFormed())).toBe(true);
    }
  });

  test("loses no word", () => {
    const plain = renderBlocks(long)
      .flatMap((html) => [...html.matchAll(/<p class="plain">([\s\S]*)<\/p>/g)])
      .map(([, text = ""]) => text);
    expect(plain.length).toBeGreaterThan(5);
    expect(long.replace(/\s/g, "")).toContain(plain.join("").replace(/\s/g, ""));
    expect(long.trimEnd().endsWith(plain.at(-1)?.trimEnd() ?? "?")).toBe(true);
  });

  test("does not change what was on the page when it grew past it", () => {
    const answer = new GrowingMarkdown();
    let shown: readonly string[] = [];
    for (let at = 0; at < long.length; at += 5_000) {
      answer.append(long.slice(at, at + 5_000));
      answer.settle();
      expect(answer.closed.slice(0, shown.length)).toEqual(shown);
      shown = [...answer.closed];
    }
    expect(shown.join("")).toContain(NOTE);
  });
});

test("an answer at the limit is formatted to its end, and a longer one is not", () => {
  const text = benign(FORMATTED_CHARACTERS);
  const isPlain = (html: string) => html.includes('class="plain"') && html.includes(NOTE);
  const whole = (given: string) => isPlain(renderBlocks(given).join(""));
  const streamed = (given: string) => {
    const answer = stream(given, 8_191);
    return isPlain(answer.closed.join("") + answer.tailHtml());
  };
  expect([whole(text), streamed(text)]).toEqual([false, false]);
  expect([whole(`${text}x`), streamed(`${text}x`)]).toEqual([true, true]);
});

test("a list that grows is formatted up to the limit of blocks", () => {
  const list = filled("- one *item*\n", FORMATTED_BLOCK_CHARACTERS);
  const isPlain = (given: string) => stream(given, 4_096).tailHtml().includes('class="plain"');
  expect([isPlain(list), isPlain(`${list}x`)]).toEqual([false, true]);
});

test("a paragraph is formatted up to the limit of paragraphs", () => {
  const text = filled("an *emphasis*, ", FORMATTED_PARAGRAPH_CHARACTERS);
  const isFormatted = (given: string) => renderBlocks(given).join("").includes("<em>emphasis");
  expect([isFormatted(text), isFormatted(`${text}x`)]).toEqual([true, false]);
});

test("a list that does not end goes on as plain text until the final render", async () => {
  const list = filled("- one *item*\n", 100_000);
  const answer = stream(list, 4_096);
  expect(answer.tailHtml()).toContain('<p class="plain">');
  expect(await answer.finish()).toEqual({ blocks: renderBlocks(list), same: false });
  expect(renderBlocks(list)[0]).toContain("<li>one <em>item</em></li>");
});

test("formulas past the limit are shown as their source", () => {
  const formulas = (count: number) => renderBlocks(filled("$x$\n\n", 5 * count)).join("");
  expect(formulas(FORMULAS)).not.toContain("<code>");
  expect(formulas(FORMULAS + 1).match(/<code>x<\/code>/g)).toHaveLength(1);
  const grown = (count: number) => stream(filled("$x$ ", 4 * count), 500).tailHtml();
  expect(grown(FORMULAS)).not.toContain("<code>");
  expect(grown(FORMULAS + 1).match(/<code>x<\/code>/g)).toHaveLength(1);
});

test("an address is a link up to the limit of words", () => {
  const address = (length: number) => `https://a.example/${"a".repeat(length - 18)}`;
  expect(renderBlocks(address(LINKED_WORD_CHARACTERS)).join("")).toContain("<a href=");
  expect(renderBlocks(address(LINKED_WORD_CHARACTERS + 1)).join("")).not.toContain("<a href=");
});

describe("no text costs much more than another of its size", () => {
  const size = FORMATTED_CHARACTERS;
  renderBlocks(benign(size));
  const plain = time(() => renderBlocks(benign(size)));
  const grown = time(() => stream(benign(size), size / 32));

  const limit = TIMES * Math.max(plain, grown, 50);

  test.each(pathological(size))("%s", { timeout: 60_000 }, (_, text) => {
    const whole = () => renderBlocks(text);
    const streamed = () => stream(text, size / 32);
    expect(time(whole, limit), "whole").toBeLessThan(limit);
    expect(time(streamed, limit), "streamed").toBeLessThan(limit);
  });
});
