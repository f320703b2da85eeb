import { expect, test, vi } from "vitest";
import type { Db } from "~/db/db";
import type { NewChunk } from "~/db/upkeep/generations";
import { StorageError } from "~/errors";
import { LiveAnswer, Pace } from "./live-answer";
import { Recorder } from "./recorder";

const ids = { generationId: "g", ownerId: "o", conversationId: "c", messageId: "m", model: "m" };

function slowDb(failures = 0) {
  const rows: NewChunk[] = [];
  const append = async (chunks: readonly NewChunk[]) => {
    await Bun.sleep(5);
    if (failures-- > 0) throw new StorageError("disk-full");
    rows.push(...chunks);
  };
  const text = () => rows.map(({ content }) => content).join("");
  const generations = { append };
  return { db: { upkeep: { generations } } as unknown as Db, generations, rows, text };
}

test("what comes while a batch is written is in the next one", async () => {
  const { db, rows, text } = slowDb();
  const recorder = new Recorder(db, () => {});
  const live = new LiveAnswer(ids, new Pace());
  live.write("content", "one ");
  const writing = recorder.flush(live);
  await Bun.sleep(1);
  live.write("content", "two");
  await writing;
  await recorder.flush(live);
  expect(text()).toBe("one two");
  expect(rows.map(({ seq }) => seq)).toEqual([0, 1]);
});

test("a batch that could not be written is tried again, in front of what came after it", async () => {
  const { db, text } = slowDb(1);
  const recorder = new Recorder(db, () => {});
  const live = new LiveAnswer(ids, new Pace());
  live.write("content", "one ");
  const failing = recorder.flush(live);
  failing.catch(() => {});
  await Bun.sleep(1);
  live.write("content", "two");
  await expect(failing).rejects.toThrow("disk is full");
  await recorder.flush();
  expect(text()).toBe("one two");
});

test("the end of one answer does not write those of others", async () => {
  const { db, text } = slowDb();
  const recorder = new Recorder(db, () => {});
  const [ending, other] = [new LiveAnswer(ids, new Pace()), new LiveAnswer(ids, new Pace())];
  for (const live of [ending, other]) {
    live.write("content", live === ending ? "end" : "other");
    recorder.note(live);
  }
  await recorder.flush(ending);
  expect(text()).toBe("end");
  await recorder.flush();
  expect(text()).toBe("endother");
});

test("while the disk is full it tries ever more rarely, says so on the answer, and logs nothing itself", async () => {
  const { db, generations, text } = slowDb(3);
  const tries: number[] = [];
  const { append } = generations;
  generations.append = (rows) => {
    tries.push(performance.now());
    return append(rows);
  };
  const faults: unknown[] = [];
  const recorder = new Recorder(db, (fault) => faults.push(fault));
  const live = new LiveAnswer(ids, new Pace());
  live.write("content", "one ");
  recorder.note(live);
  await vi.waitFor(() => expect(live.unsaved).toBe("the disk is full"), 2_000);
  live.write("content", "two");
  recorder.note(live);
  await vi.waitFor(() => expect(text()).toBe("one two"), 5_000);
  expect(live.unsaved).toBeUndefined();
  expect(faults).toEqual([]);
  const waits = tries.slice(1).map((at, index) => at - (tries[index] ?? 0));
  expect(waits).toHaveLength(3);
  for (const [index, least] of [350, 750, 1_550].entries()) {
    expect(waits[index]).toBeGreaterThan(least);
  }
}, 10_000);

test("a batch that comes back is in front of what was to be written behind it", async () => {
  const { db, text } = slowDb(1);
  const recorder = new Recorder(db, () => {});
  const live = new LiveAnswer(ids, new Pace());
  live.write("content", "one ");
  const first = recorder.flush(live).catch(() => {});
  await Bun.sleep(1);
  live.write("content", "two");
  await Promise.all([first, recorder.flush(live)]);
  expect(text()).toBe("one two");
});
