import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type Db, openDb } from "./db";
import type { LooseFile, NewFile } from "./files";

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
  db.files.keep(ownerId, file(name, more), now);
/** The bytes, whoever may see them. */
const stored = (hash = "a".repeat(64)) => db.transfer.fileBytes(ownerId, hash);

/** Sends a prompt with these files, as the first one or below another message. */
async function ask(
  id: string,
  files: Parameters<Db["messages"]["addTurn"]>[0]["messages"][number]["files"],
  parentId: string | null = null,
): Promise<void> {
  await db.messages.addTurn({
    ownerId,
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
  (await db.files.ofMessages(ownerId, [id])).get(id)?.map(({ name }) => name);

describe("the files of a message", () => {
  test("are those that it was given, and no longer loose", async () => {
    const [a, b] = [await keep("a.txt"), await keep("b.txt")];
    await ask("p1", ids(a, b));
    expect(await namesOf("p1")).toEqual(["a.txt", "b.txt"]);
    expect(await db.files.loose(ownerId, [a.id, b.id])).toEqual([]);
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
    const answer = await db.messages.find(ownerId, "p1a");
    expect(answer?.pathCharacters).toBe(4 + 10 + "a.txt".length + 20);
    expect(answer?.pathPictures).toBe(1);
  });

  test("cannot be given twice: then nothing is written", async () => {
    const a = await keep("a.txt");
    await ask("p1", ids(a));
    await expect(ask("p2", ids(a))).rejects.toMatchObject({ code: "file-gone", status: 422 });
    expect(await db.messages.find(ownerId, "p2")).toBeUndefined();
  });

  test("are nobody else's", async () => {
    const a = await keep("a.txt");
    expect(await db.files.loose("someone", [a.id])).toEqual([]);
    expect(await db.files.find("someone", a.hash)).toBeUndefined();
    expect(await db.files.thumbnail("someone", a.hash)).toBeUndefined();
    await ask("p1", ids(a));
    expect(await db.files.ofMessages("someone", ["p1"])).toEqual(new Map());
    expect(await db.files.forHost("someone", ["p1"])).toEqual([]);
  });
});

describe("the bytes of a file", () => {
  test("are told to a host as text, or as a picture", async () => {
    const picture = { kind: "picture", hash: "b".repeat(64), text: null } as const;
    await ask("p1", ids(await keep("a.txt"), await keep("b.png", picture)));
    const [text, seen] = await db.files.forHost(ownerId, ["p1"]);
    expect(text).toMatchObject({ messageId: "p1", text: "High water", picture: null });
    expect(Buffer.from(seen?.picture ?? []).equals(BYTES)).toBe(true);
  });

  test("go with the last message that has them, not before", async () => {
    await ask("p1", ids(await keep("a.txt")));
    await ask("p2", { message: "p1" });
    await db.branches.remove(ownerId, "c", ["p1", "p1a"], "p2a");
    expect(await stored()).toBeDefined();
    await db.branches.remove(ownerId, "c", ["p2", "p2a"], null);
    expect(await stored()).toBeUndefined();
  });

  test("go with a conversation that is removed for good", async () => {
    await ask("p1", ids(await keep("a.txt")));
    await db.conversations.markDeleted(ownerId, "c", 5);
    expect(await db.files.find(ownerId, "a".repeat(64))).toBeUndefined();
    expect(await stored()).toBeDefined();
    expect(await db.conversations.purgePart("c", 100)).toBe(true);
    expect(await stored()).toBeUndefined();
  });

  test("of a loose file go a while after nobody sent it", async () => {
    await keep("old.txt", {}, 1_000);
    await keep("new.txt", { hash: "b".repeat(64) }, 2_000);
    await db.files.dropLoose(2_000);
    expect(await stored()).toBeUndefined();
    expect(await stored("b".repeat(64))).toBeDefined();
  });

  test("of a message stay, however old they are", async () => {
    await ask("p1", ids(await keep("a.txt")));
    await db.files.dropLoose(Number.MAX_SAFE_INTEGER);
    expect(await stored()).toBeDefined();
  });
});
