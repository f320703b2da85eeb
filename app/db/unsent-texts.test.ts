import { afterEach, beforeEach, expect, test } from "vitest";
import { UNSENT_TEXT_BYTES } from "~/limits";
import { type Db, type OwnerDb, openDb } from "./db";

const MIB = 1024 * 1024;
let db: Db;
let own: OwnerDb;

beforeEach(async () => {
  db = await openDb(":memory:", "drizzle");
  own = db.of("me");
  for (const id of ["c1", "c2"]) {
    await own.turns.add({
      conversationId: id,
      title: "Tides",
      messages: [{ id: `${id}a`, parentId: null, role: "assistant", content: "" }],
      generation: { id: `${id}g`, model: "m" },
      now: 1,
    });
  }
});
afterEach(() => db.close());

const keep = async (prompt: string, { files = [] as string[], now = 1 } = {}) =>
  (await own.unsentTexts.keep(
    { conversationId: "c1", prompt, model: null, files },
    { now, mostBytes: UNSENT_TEXT_BYTES },
  )) ?? "";

test("a text is found as often as its page is loaded, by its owner, in its conversation", async () => {
  const id = await keep("Half a thought");
  for (let load = 0; load < 2; load++) {
    expect((await own.unsentTexts.find("c1", id))?.prompt).toBe("Half a thought");
  }
  expect(await db.of("you").unsentTexts.find("c1", id)).toBeUndefined();
  expect(await own.unsentTexts.find("c2", id)).toBeUndefined();
});

test("old texts go for new ones, and the newest is always there", async () => {
  const text = "x".repeat(MIB);
  const ids: string[] = [];
  for (let n = 0; n < 10; n++) ids.push(await keep(text));
  const found = async () =>
    (await Promise.all(ids.map((id) => own.unsentTexts.find("c1", id)))).filter(Boolean).length;
  expect(await found()).toBe(7);
  const last = await keep("y".repeat(9 * MIB));
  expect(await found()).toBe(0);
  expect(await own.unsentTexts.find("c1", last)).toBeDefined();
});

test("what another person keeps takes nothing away", async () => {
  const id = await keep("Mine");
  const yours = db.of("you");
  await yours.turns.add({
    conversationId: "c3",
    title: "Theirs",
    messages: [{ id: "c3a", parentId: null, role: "assistant", content: "" }],
    generation: { id: "c3g", model: "m" },
    now: 1,
  });
  const text = { conversationId: "c3", prompt: "z".repeat(9 * MIB), model: null, files: [] };
  await yours.unsentTexts.keep(text, { now: 1, mostBytes: UNSENT_TEXT_BYTES });
  expect(await own.unsentTexts.find("c1", id)).toBeDefined();
});

test("its files live as long as it does, and then both go", async () => {
  const { id: file } = await own.files.keep(
    {
      ...{ name: "a.txt", kind: "text", hash: "a".repeat(64), mediaType: "text/plain", size: 1 },
      ...{ bytes: Buffer.from("a"), width: null, height: null, thumbnail: null, text: "a" },
    },
    1_000,
  );
  const id = await keep("", { files: [file], now: 5_000 });
  await db.upkeep.deletion.deleteUnsent(4_000);
  expect(await own.files.loose([file])).toHaveLength(1);
  expect(await own.unsentTexts.find("c1", id)).toBeDefined();
  await db.upkeep.deletion.deleteUnsent(6_000);
  expect(await own.files.loose([file])).toEqual([]);
  expect(await own.unsentTexts.find("c1", id)).toBeUndefined();
});
