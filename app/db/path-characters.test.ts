import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type Db, openDb } from "./db";

let folder: string;
let db: Db;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "parley-db-"));
  db = await openDb(join(folder, "parley.db"), "drizzle");
});
afterEach(async () => {
  await db.close();
  rmSync(folder, { recursive: true, force: true });
});

const ownerId = "local";
const conversationId = "c";

async function turn(n: number, parentId: string | null, prompt: string): Promise<void> {
  await db.of(ownerId).turns.add({
    conversationId,
    ...(parentId === null ? { title: "Tides" } : {}),
    messages: [
      { id: `p${n}`, parentId, role: "user", content: prompt },
      { id: `a${n}`, parentId: `p${n}`, role: "assistant", content: "", model: "m" },
    ],
    generation: { id: `g${n}`, model: "m" },
    now: 1,
  });
}

async function answer(n: number, content: string): Promise<void> {
  await db.upkeep.generations.append([
    { ownerId, generationId: `g${n}`, seq: 0, thinking: "hm", content },
  ]);
  await db.upkeep.generations.end(`g${n}`, { state: "finished", endedAt: 2 });
}

const characters = async (id: string) => (await db.of(ownerId).messages.find(id))?.pathCharacters;

test("a message knows how long the branch down to it is, without thinking", async () => {
  await turn(1, null, "Why? 🌊");
  expect(await characters("a1")).toBe(6);
  await answer(1, "The moon.");
  expect(await characters("a1")).toBe(15);
  await turn(2, "a1", "And");
  expect(await characters("p2")).toBe(18);
  expect(await characters("p1")).toBe(6);
});

test("an answer that is continued counts once", async () => {
  await turn(1, null, "Why?");
  await answer(1, "The ");
  const generation = { id: "g2", conversationId, messageId: "a1", model: "m" };
  await db.of(ownerId).generations.add({ ...generation, now: 3 });
  await answer(2, "moon.");
  expect(await characters("a1")).toBe(4 + 9);
});
