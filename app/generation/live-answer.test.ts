import { heapStats } from "bun:jsc";
import { expect, test } from "vitest";
import { renderBlocks } from "~/markdown/blocks";
import { LiveAnswer, Pace } from "./live-answer";

const ids = {
  generationId: "g",
  ownerId: "local",
  conversationId: "c",
  messageId: "m",
  model: "m",
};

test("a reader who comes late to a long answer is caught up in parts, though no more is written", async () => {
  const text = "The **moon** pulls on `water`.\n\n".repeat(7_000);
  const answer = new LiveAnswer(ids, new Pace(), { thinking: "", content: text });
  answer.write("content", "End.\n\n");
  const whole = renderBlocks(`${text}End.\n\n`);
  const seen: number[] = [];
  while (answer.markdown.closed.length < whole.length) {
    const { version } = answer;
    answer.settle();
    seen.push(answer.markdown.closed.length);
    await answer.changed(version, AbortSignal.timeout(5_000), 5_000);
  }
  expect(seen.length).toBeGreaterThan(1);
  expect(answer.markdown.closed).toEqual(whole);
});
test("one answer is shown anew at most twenty times a second", () => {
  expect(new Pace().interval(0)).toBe(50);
});

test("an update takes at most a tenth of the time, whatever it costs", () => {
  const pace = new Pace();
  expect(pace.interval(20)).toBe(200);
  expect(pace.interval(10_000)).toBe(1_000);
});

test("many answers share what one process can do, and stay within a quarter of a second", () => {
  const pace = new Pace();
  pace.running = 500;
  expect(pace.interval(0)).toBeGreaterThan(50);
  expect(pace.interval(0)).toBeLessThan(250);
});

/** Bytes of the heap that so many answers take which have been written in small chunks and never read. */
function heapOf(count: number, kind: "thinking" | "content", characters: number): number {
  Bun.gc(true);
  const before = heapStats().heapSize;
  const answers = Array.from({ length: count }, () => new LiveAnswer(ids, new Pace()));
  for (let at = 0; at < characters; at += 5) {
    for (const answer of answers) {
      answer.write(kind, String(10_000 + (at % 80_000)));
      if (at % 1_000 === 0) answer.recorded(answer.unrecorded());
    }
  }
  Bun.gc(true);
  const grown = heapStats().heapSize - before;
  for (const answer of answers) answer.end();
  return grown;
}

test.each(["thinking", "content"] as const)(
  "%s that nobody reads takes about its own length",
  (kind) => {
    const [count, characters] = [100, 31_000];
    heapOf(5, kind, characters);
    expect(heapOf(count, kind, characters) / (count * characters)).toBeLessThan(2);
  },
);
