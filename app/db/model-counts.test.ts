import { Database } from "bun:sqlite";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { openDb } from "./db";

let folder: string;
const file = () => join(folder, "parley.db");

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "parley-db-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe("what a model has counted", () => {
  const counts = { characters: 1_000, tokens: 250, contextTokens: 4_096, numCtx: null };

  test("is added up, for each owner and for each of the weights", async () => {
    const db = await openDb(file(), "drizzle");
    expect(await db.of("a").modelCounts.of("d")).toBeUndefined();
    await db.of("a").modelCounts.learn("d", counts);
    await db.of("a").modelCounts.learn("d", { ...counts, tokens: 350 });
    expect(await db.of("a").modelCounts.of("d")).toEqual({
      ...counts,
      ...{ characters: 2_000, tokens: 600 },
    });
    expect(await db.of("b").modelCounts.of("d")).toBeUndefined();
    expect(await db.of("a").modelCounts.of("e")).toBeUndefined();
    await db.close();
  });

  test("fades: what comes now weighs more than what was long ago", async () => {
    const db = await openDb(file(), "drizzle");
    const learn = (tokens: number) =>
      db.of("a").modelCounts.learn("d", { ...counts, characters: 50_000, tokens });
    for (let n = 0; n < 10; n++) await learn(12_500);
    for (let n = 0; n < 10; n++) await learn(25_000);
    const { characters = 0, tokens = 0 } = (await db.of("a").modelCounts.of("d")) ?? {};
    expect(characters).toBeLessThanOrEqual(200_000);
    expect(tokens / characters).toBeGreaterThan(0.48);
    await db.close();
  });

  test("keeps the context that was known where nobody says it", async () => {
    const db = await openDb(file(), "drizzle");
    await db.of("a").modelCounts.learn("d", { ...counts, numCtx: 8_192 });
    await db.of("a").modelCounts.learn("d", { ...counts, contextTokens: null });
    expect(await db.of("a").modelCounts.of("d")).toMatchObject({
      ...{ contextTokens: 4_096, numCtx: 8_192 },
    });
    await db.of("a").modelCounts.learn("d", { ...counts, characters: 0, tokens: 0 });
    expect(await db.of("a").modelCounts.of("d")).toMatchObject({ numCtx: null });
    await db.close();
  });
});

test("a database from before counts the pictures of its branches apart", async () => {
  const first = join(folder, "first-two");
  cpSync("drizzle", first, { recursive: true });
  const journalFile = join(first, "meta/_journal.json");
  const journal = JSON.parse(readFileSync(journalFile, "utf8"));
  journal.entries = journal.entries.slice(0, 2);
  writeFileSync(journalFile, JSON.stringify(journal));
  await openOldDb(first);
  const db = await openDb(file(), "drizzle");
  const sizes = async (id: string) => {
    const message = await db.of("o").messages.find(id);
    return [message?.pathCharacters, message?.pathPictures];
  };
  expect(await sizes("1")).toEqual([5, 0]);
  expect(await sizes("2")).toEqual([10, 2]);
  expect(await sizes("3")).toEqual([15, 3]);
  expect(await sizes("4")).toEqual([12, 2]);
  await db.close();
});

/** A branch of three messages with pictures on the last two, and another one below the second. */
async function openOldDb(migrations: string): Promise<void> {
  const { drizzle } = await import("drizzle-orm/bun-sqlite");
  const { migrate } = await import("drizzle-orm/bun-sqlite/migrator");
  const client = new Database(file());
  migrate(drizzle(client), { migrationsFolder: migrations });
  client.run(`insert into conversations (id, owner_id, title, created_at, updated_at)
    values ('c', 'o', 'T', 1, 1)`);
  client.run(`insert into messages
    (id, owner_id, conversation_id, parent_id, role, content, path_characters, created_at) values
    ('1', 'o', 'c', null, 'user', '12345', 5, 1),
    ('2', 'o', 'c', '1', 'user', '12345', ${10 + 2 * 3072}, 1),
    ('3', 'o', 'c', '2', 'user', '12345', ${15 + 3 * 3072}, 1),
    ('4', 'o', 'c', '2', 'user', '12', ${12 + 2 * 3072}, 1)`);
  client.run(`insert into files (owner_id, hash, media_type, bytes, size, created_at)
    values ('o', 'h', 'image/png', x'00', 1, 1)`);
  client.run(`insert into attachments (id, owner_id, hash, name, kind, message_id, created_at) values
    ('a', 'o', 'h', 'a.png', 'picture', '2', 1), ('b', 'o', 'h', 'b.png', 'picture', '2', 1),
    ('c', 'o', 'h', 'c.png', 'picture', '3', 1)`);
  client.close();
}
