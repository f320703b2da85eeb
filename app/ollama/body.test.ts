import { describe, expect, test } from "vitest";
import { LINE_BYTES, STREAM_BYTES } from "~/limits";
import { linesIn } from "./body";

/** How many lines come of these chunks. */
async function lineCount(chunks: Iterable<Uint8Array>): Promise<number> {
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      for (const chunk of chunks) controller.enqueue(chunk);
      controller.close();
    },
  });
  let count = 0;
  for await (const lines of linesIn(body)) count += lines.length;
  return count;
}

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

  test.each(places)("may be so long and no longer: %s", async (_, chunks) => {
    expect(await lineCount(chunks(line(LINE_BYTES)))).toBeGreaterThan(1);
    await expect(lineCount(chunks(line(LINE_BYTES + 1)))).rejects.toMatchObject({
      code: "garbled",
      message: "The host sent more than 1 MiB in one line.",
    });
  });
});

test("all lines of an answer together have a limit", async () => {
  // The same chunk again and again takes no memory.
  const chunk = Buffer.alloc(LINE_BYTES, "x");
  chunk[LINE_BYTES - 1] = 10;
  const longest = Array<Buffer>(STREAM_BYTES / LINE_BYTES).fill(chunk);
  expect(await lineCount(longest)).toBe(longest.length);
  await expect(lineCount([...longest, Buffer.from("\n")])).rejects.toMatchObject({
    code: "garbled",
    message: "The host sent more than 512 MiB in one answer.",
  });
});
