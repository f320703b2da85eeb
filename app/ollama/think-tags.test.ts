import { describe, expect, test } from "vitest";
import { type Chunk, thinkTagSplitter } from "./think-tags";

function split(text: string, size: number): { thinking: string; content: string; order: string[] } {
  const splitter = thinkTagSplitter();
  const chunks: Chunk[] = [];
  for (let at = 0; at < text.length; at += size)
    chunks.push(...splitter(text.slice(at, at + size)));
  chunks.push(...splitter(undefined));
  const join = (kind: Chunk["kind"]) =>
    chunks
      .filter((chunk) => chunk.kind === kind)
      .map((chunk) => chunk.text)
      .join("");
  return {
    thinking: join("thinking"),
    content: join("content"),
    order: [...new Set(chunks.map((chunk) => chunk.kind))],
  };
}

const TEXTS: [name: string, text: string, thinking: string, content: string][] = [
  ["plain text", "Hello there", "", "Hello there"],
  ["tags at the beginning", "<think>\nLet me see.\n</think>\n\nHi", "\nLet me see.\n", "Hi"],
  ["tags after white space", "\n<think>a</think>b", "a", "b"],
  ["a tag in the middle is text", "Write <think> first", "", "Write <think> first"],
  ["no end", "<think>never over", "never over", ""],
  ["something like a tag", "<thin ice>", "", "<thin ice>"],
  ["less-than inside the thinking", "<think>1 < 2 </thin</think>ok", "1 < 2 </thin", "ok"],
  ["only the beginning of a tag", "<thi", "", "<thi"],
  ["nothing", "", "", ""],
];

describe("leaked think tags", () => {
  for (const [name, text, thinking, content] of TEXTS) {
    for (const size of [1, 2, 3, 7, 1_000]) {
      test(`${name}, ${size} characters at a time`, () => {
        expect(split(text, size)).toMatchObject({ thinking, content });
      });
    }
  }

  test("much white space is text, and costs its length", () => {
    const spaces = " ".repeat(600_000);
    const begun = performance.now();
    expect(split(`${spaces}<think>a</think>b`, 2).content).toBe(`${spaces}<think>a</think>b`);
    expect(performance.now() - begun).toBeLessThan(1_000);
  });

  test("thinking comes before content", () => {
    expect(split("<think>a</think>b", 1).order).toEqual(["thinking", "content"]);
  });
});
