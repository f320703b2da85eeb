import { describe, expect, test } from "vitest";
import { LINE_BYTES, STREAM_BYTES } from "~/limits";
import { LineSplitter } from "./body";

function lineCount(chunks: Iterable<Uint8Array>): number {
  const lines = new LineSplitter();
  let count = 0;
  for (const chunk of chunks) count += lines.push(chunk).length;
  return count;
}

function failureOf(act: () => unknown): unknown {
  try {
    act();
  } catch (error) {
    return error;
  }
}

test("lines and characters that are cut anywhere come out whole", () => {
  const text = "one\n潮汐 🌊\n\nlast\nhalf";
  const bytes = Buffer.from(text);
  for (let size = 1; size <= bytes.length; size++) {
    const splitter = new LineSplitter();
    const lines: string[] = [];
    for (let at = 0; at < bytes.length; at += size) {
      lines.push(...splitter.push(bytes.subarray(at, at + size)));
    }
    expect(lines).toEqual(["one", "潮汐 🌊", "", "last"]);
  }
});

describe("a line", () => {
  const line = (length: number) => Buffer.from(`${"x".repeat(length)}\n`);
  const short = line(3);
  const places: [where: string, chunks: (long: Buffer) => Buffer[]][] = [
    ["alone", (long) => [long, short]],
    ["first in its chunk", (long) => [Buffer.concat([long, short])]],
    ["between others in its chunk", (long) => [Buffer.concat([short, long, short])]],
    ["last in its chunk", (long) => [Buffer.concat([short, long])]],
    ["in two chunks", (long) => [long.subarray(0, 7), long.subarray(7), short]],
    [
      "begun behind another",
      (long) => [Buffer.concat([short, long.subarray(0, -1)]), long.subarray(-1)],
    ],
  ];

  test.each(places)("may be so long and no longer: %s", (_, chunks) => {
    expect(lineCount(chunks(line(LINE_BYTES)))).toBeGreaterThan(1);
    expect(failureOf(() => lineCount(chunks(line(LINE_BYTES + 1))))).toMatchObject({
      code: "garbled",
      message: "The host sent more than 1 MiB in one line.",
    });
  });
});

test("all lines of an answer together have a limit", () => {
  const chunk = Buffer.alloc(LINE_BYTES, "x");
  chunk[LINE_BYTES - 1] = 10;
  const longest = Array<Buffer>(STREAM_BYTES / LINE_BYTES).fill(chunk);
  expect(lineCount(longest)).toBe(longest.length);
  expect(failureOf(() => lineCount([...longest, Buffer.from("\n")]))).toMatchObject({
    code: "garbled",
    message: "The host sent more than 512 MiB in one answer.",
  });
});
