import { describe, expect, test } from "vitest";
import { parseBlocks } from "./blocks";
import { closedBlocks } from "./closed-blocks";
import { Lines } from "./source";

const closedCount = (text: string) => closedBlocks(parseBlocks(text).blocks, new Lines(text)).count;

describe("a block is not closed while its end depends on a line that is not complete", () => {
  test.each([
    ["a table's second line", "a\nb | c\n-|-", 0, 1],
    ["a formula's last line", "a\n$$\nb\n$$", 0, 2],
    ["a heading", "a\n# b", 0, 2],
    ["a closing fence", "```\na\n```", 0, 1],
    ["a blank line", "a\n ", 0, 1],
    ["the text after a list", "- a\nb", 0, 0],
  ])("%s", (_name, text, now, withLineBreak) => {
    expect([closedCount(text), closedCount(`${text}\n`)]).toEqual([now, withLineBreak]);
  });
});
