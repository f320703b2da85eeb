import katex from "katex";
import { afterEach, describe, expect, test, vi } from "vitest";
import { renderBlocks } from "./blocks";
import { changes } from "./changes";
import { GrowingMarkdown } from "./incremental";
import { parser } from "./parser";
import { answers } from "./testing/answers";

afterEach(() => vi.restoreAllMocks());

/** Bytes of the tail's swaps, of closed blocks, and of the whole HTML, for a text in such chunks. */
function bytesSent(text: string, chunkLength: number, chunksPerSettle: number) {
  const answer = new GrowingMarkdown();
  let tail = "";
  let swaps = 0;
  for (let at = 0, count = 1; at < text.length; at += chunkLength, count++) {
    answer.append(text.slice(at, at + chunkLength));
    if (count % chunksPerSettle !== 0 && at + chunkLength < text.length) continue;
    answer.settle();
    for (const { html } of changes(tail, answer.tailHtml())) swaps += html.length;
    tail = answer.tailHtml();
  }
  const closed = answer.closed.join("").length;
  return { swaps, closed, whole: renderBlocks(text).join("").length };
}

const sentence =
  "The **moon** pulls on `water`, *more* where it is near; see [tides](https://t.example/a).";
const longList = Array.from({ length: 60 }, (_, at) => `- **Point ${at}**: ${sentence}`).join("\n");
const longTable = `| a | b |\n|---|---|\n${"| **name** | some `note` here |\n".repeat(60)}`;

describe("bytes", () => {
  test("code of 5,000 lines, line by line, costs its length", () => {
    const lines = Array.from(
      { length: 5000 },
      (_, at) => `const value${at} = f(${at}) < "${at}";\n`,
    );
    const parse = vi.spyOn(parser(), "parse");
    const { swaps, whole } = bytesSent(`\`\`\`ts\n${lines.join("")}`, 35, 1);
    expect(swaps).toBeLessThan(1.5 * whole);
    // Once for the opening line, and once for the whole text at the end of the measurement.
    expect(parse.mock.calls.filter(([source]) => source.length > 100)).toHaveLength(1);
  });

  test("an answer of 100,000 characters costs less than three times its HTML", () => {
    const parts = [...Object.values(answers), sentence.repeat(6), longList, longTable];
    const text = Array.from({ length: 20 }, () => parts.join("\n\n"))
      .join("\n\n")
      .slice(0, 100_000);
    expect(text).toHaveLength(100_000);
    const { swaps, closed, whole } = bytesSent(text, 4, 20);
    expect(swaps + closed).toBeLessThan(3 * whole);
  });

  test.each([
    ["a long list", longList],
    ["a long table", longTable],
    ["a long paragraph without marks", "word ".repeat(4000)],
  ])("%s costs no square", (_name, text) => {
    const { swaps, whole } = bytesSent(text, 4, 20);
    expect(swaps).toBeLessThan(2 * whole);
  });
});

describe("work", () => {
  test("one parse a settle, none for reading the tail, none for nothing new", () => {
    const parse = vi.spyOn(parser(), "parse");
    const answer = new GrowingMarkdown();
    for (const chunk of ["a\n\nb ", "c\n", "- d"]) {
      answer.append(chunk);
      answer.settle();
      answer.settle();
      expect(answer.tailHtml()).toBe(answer.tailHtml());
    }
    expect(parse).toHaveBeenCalledTimes(3);
  });

  test("closed blocks are parsed no more", () => {
    const parse = vi.spyOn(parser(), "parse");
    const answer = new GrowingMarkdown();
    const paragraph = `${sentence}\n\n`;
    for (let count = 0; count < 200; count++) {
      answer.append(paragraph);
      answer.settle();
    }
    const parsed = parse.mock.calls.reduce((sum, [source]) => sum + source.length, 0);
    expect(parsed).toBeLessThan(2 * 200 * paragraph.length);
  });

  test("what is costly in an open list is rendered once", () => {
    const formula = vi.spyOn(katex, "renderToString");
    const answer = new GrowingMarkdown();
    for (const chunk of ["1. see $x^2$\n", "2. and $y^2$\n", "3. next\n", "\nend\n"]) {
      answer.append(chunk);
      answer.settle();
      answer.tailHtml();
    }
    expect(answer.closed).toHaveLength(1);
    expect(formula.mock.calls.map(([tex]) => tex)).toEqual(["x^2", "y^2"]);
  });
});
