import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type Db, openDb } from "./db";
import type { LooseFile, NewFile } from "./files";
import type { NewMessage } from "./turns";

let db: Db;

beforeEach(async () => {
  db = await openDb(":memory:", "drizzle");
});
afterEach(() => db.close());

const ownerId = "local";
const BYTES = Buffer.from("High water");

const file = (name: string, more: Partial<NewFile> = {}): NewFile => ({
  name,
  kind: "text",
  hash: "a".repeat(64),
  mediaType: "text/plain; charset=utf-8",
  bytes: BYTES,
  size: BYTES.length,
  width: null,
  height: null,
  thumbnail: null,
  text: "High water",
  ...more,
});

const keep = (name: string, more: Partial<NewFile> = {}, now = 1) =>
  db.of(ownerId).files.keep(file(name, more), now);
/** The bytes, whoever may see them. */
const stored = (hash = "a".repeat(64)) => db.of(ownerId).transfer.fileBytes(hash);

/** Sends a prompt with these files, as the first one or below another message. */
async function ask(
  id: string,
  files: NewMessage["files"],
  parentId: string | null = null,
): Promise<void> {
  await db.of(ownerId).turns.add({
    conversationId: "c",
    ...(id === "p1" ? { title: "Tides" } : {}),
    messages: [
      { id, parentId, role: "user", content: "Why?", ...(files ? { files } : {}) },
      { id: `${id}a`, parentId: id, role: "assistant", content: "", model: "m" },
    ],
    generation: { id: `${id}g`, model: "m" },
    now: 1,
  });
}

const ids = (...files: LooseFile[]) => ({ loose: files.map(({ id }) => id) });
const namesOf = async (id: string) =>
  (await db.of(ownerId).files.ofMessages([id])).get(id)?.map(({ name }) => name);

describe("the files of a message", () => {
  test("are those that it was given, and no longer loose", async () => {
    const [a, b] = [await keep("a.txt"), await keep("b.txt")];
    await ask("p1", ids(a, b));
    expect(await namesOf("p1")).toEqual(["a.txt", "b.txt"]);
    expect(await db.of(ownerId).files.loose([a.id, b.id])).toEqual([]);
  });

  test("are shared by an alternative", async () => {
    await ask("p1", ids(await keep("a.txt")));
    await ask("p2", { message: "p1" });
    expect(await namesOf("p1")).toEqual(["a.txt"]);
    expect(await namesOf("p2")).toEqual(["a.txt"]);
  });

  test("count for what the branch holds, on this message and below", async () => {
    const picture = { kind: "picture", hash: "b".repeat(64), text: null } as const;
    await ask("p1", ids(await keep("a.txt"), await keep("b.png", picture)));
    const answer = await db.of(ownerId).messages.find("p1a");
    expect(answer?.pathCharacters).toBe(4 + 10 + "a.txt".length + 20);
    expect(answer?.pathPictures).toBe(1);
  });

  test("cannot be given twice: then nothing is written", async () => {
    const a = await keep("a.txt");
    await ask("p1", ids(a));
    await expect(ask("p2", ids(a))).rejects.toMatchObject({ code: "file-gone", kind: "invalid" });
    expect(await db.of(ownerId).messages.find("p2")).toBeUndefined();
  });

  test("are nobody else's", async () => {
    const a = await keep("a.txt");
    expect(await db.of("someone").files.loose([a.id])).toEqual([]);
    expect(await db.of("someone").files.find(a.hash)).toBeUndefined();
    expect(await db.of("someone").files.thumbnail(a.hash)).toBeUndefined();
    await ask("p1", ids(a));
    expect(await db.of("someone").files.ofMessages(["p1"])).toEqual(new Map());
    expect(await db.of("someone").files.forHost(["p1"])).toEqual([]);
  });
});

describe("the bytes of a file", () => {
  test("are told to a host as text, or as a picture", async () => {
    const picture = { kind: "picture", hash: "b".repeat(64), text: null } as const;
    await ask("p1", ids(await keep("a.txt"), await keep("b.png", picture)));
    const [text, seen] = await db.of(ownerId).files.forHost(["p1"]);
    expect(text).toMatchObject({ messageId: "p1", text: "High water", picture: null });
    expect(Buffer.from(seen?.picture ?? []).equals(BYTES)).toBe(true);
  });

  test("go with the last message that has them, not before", async () => {
    await ask("p1", ids(await keep("a.txt")));
    await ask("p2", { message: "p1" });
    await db.of(ownerId).branches.remove("c", ["p1", "p1a"], "p2a");
    expect(await stored()).toBeDefined();
    await db.of(ownerId).branches.remove("c", ["p2", "p2a"], null);
    expect(await stored()).toBeUndefined();
  });

  test("go with a conversation that is removed for good", async () => {
    await ask("p1", ids(await keep("a.txt")));
    await db.of(ownerId).conversations.markDeleted("c", 5);
    expect(await db.of(ownerId).files.find("a".repeat(64))).toBeUndefined();
    expect(await stored()).toBeDefined();
    expect(await db.upkeep.deletion.purgePart("c", 100)).toBe(true);
    expect(await stored()).toBeUndefined();
  });

  test("of a loose file go a while after nobody sent it", async () => {
    await keep("old.txt", {}, 1_000);
    await keep("new.txt", { hash: "b".repeat(64) }, 2_000);
    await db.upkeep.deletion.deleteUnsent(2_000);
    expect(await stored()).toBeUndefined();
    expect(await stored("b".repeat(64))).toBeDefined();
  });

  test("of a message stay, however old they are", async () => {
    await ask("p1", ids(await keep("a.txt")));
    await db.upkeep.deletion.deleteUnsent(Number.MAX_SAFE_INTEGER);
    expect(await stored()).toBeDefined();
  });
});
