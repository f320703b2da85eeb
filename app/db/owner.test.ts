import { Database } from "bun:sqlite";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type Db, type OwnerDb, openDb } from "./db";
import type { NewFile } from "./files";
import type { Message } from "./messages";
import type { SearchQuery } from "./search";
import type { WrittenConversation, WrittenMessage } from "./transfer";

const OWNER = "owner";
const HASH = "a".repeat(64);
const MOST = { messages: 9 };
const QUERY: SearchQuery = { words: [{ text: "Zq", prefix: true }], without: [], models: [] };
const file: NewFile = {
  ...{ name: "Zq.txt", kind: "text", hash: HASH, mediaType: "text/plain", size: 2 },
  ...{ bytes: Buffer.from("Zq"), width: null, height: null, thumbnail: Buffer.from("Zq") },
  text: "Zq",
};
const conversation: WrittenConversation = {
  ...{ id: "mine-written", title: "Zq", pinned: false, archived: false, steering: {} },
  ...{ importedFrom: "chatgpt:mine", createdAt: 1, updatedAt: 1 },
  titledBy: "person",
};
const imported: WrittenMessage = {
  message: {
    ...{ id: "mine-new", conversationId: "mine-written", parentId: null, content: "new" },
    ...{ thinking: "", model: null, chosenId: null, createdAt: 5 },
    role: "user",
  },
  ...{ generations: [], loose: [] },
};

/** The message as its owner reads it: nobody else can, but they might know it. */
let answer: Message;
let loose: string;
let unsent: string;
let folder: string;
let db: Db;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "parley-owner-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Each query with what belongs to OWNER; a new query has to be added, or this does not compile. */
const WALK: {
  [Group in Exclude<keyof OwnerDb, "ownerId">]: {
    [Query in keyof OwnerDb[Group]]: (queries: OwnerDb[Group]) => Promise<unknown>;
  };
} = {
  branches: {
    whole: (q) => q.whole("mine-2"),
    upTo: (q) => q.upTo("mine-2", MOST),
    below: (q) => q.below("mine-1", MOST),
    isOnBranch: (q) => q.isOnBranch("mine-1", "mine-2"),
    isLeaf: (q) => q.isLeaf("mine-1"),
    leafBelow: (q) => q.leafBelow("mine-1"),
    alternatives: (q) => q.alternatives(["mine-2"]),
    choose: (q) => q.choose(answer, { messageId: "mine-1", leafId: "mine-2" }),
    withFollowing: (q) => q.withFollowing("mine-1"),
    remove: (q) => q.remove("mine-c", ["mine-2"], "mine-3"),
  },
  conversations: {
    find: (q) => q.find("mine-c"),
    setSteering: (q) => q.setSteering("mine-c", { system: "new" }),
    list: (q) => q.list(9),
    rename: (q) => q.rename("mine-c", "new"),
    setMadeTitle: (q) => q.setMadeTitle("mine-c", "new"),
    setPinned: (q) => q.setPinned("mine-c", true),
    setArchived: (q) => q.setArchived("mine-c", true),
    markDeleted: (q) => q.markDeleted("mine-c", 9),
    findDeleted: (q) => q.findDeleted("mine-d", 0),
    restore: (q) => q.restore("mine-d", 0),
  },
  defaults: {
    ofPerson: (q) => q.ofPerson(),
    ofModel: (q) => q.ofModel("m"),
    ofModels: (q) => q.ofModels(),
    setOfPerson: (q) => q.setOfPerson({}),
    setOfModel: (q) => q.setOfModel("m", {}),
  },
  files: {
    keep: (q) => q.keep({ ...file, bytes: Buffer.from("new") }, 9),
    keepAgain: (q) => q.keepAgain({ hash: HASH, name: "new" }, 9),
    loose: (q) => q.loose([loose]),
    ofMessages: (q) => q.ofMessages(["mine-1"]),
    ofWaitingPrompts: (q) => q.ofWaitingPrompts(["mine-w"]),
    forHost: (q) => q.forHost(["mine-1"]),
    find: (q) => q.find(HASH),
    thumbnail: (q) => q.thumbnail(HASH),
  },
  generations: {
    find: (q) => q.find("mine-ga"),
    newestOf: (q) => q.newestOf(["mine-2"]),
    isFirstFinished: (q) => q.isFirstFinished("mine-ga", "mine-c"),
    measured: (q) => q.measured("mine-2"),
    lastContext: (q) => q.lastContext("mine-c", "m"),
    newestIn: (q) => q.newestIn("mine-c"),
    liveBelow: (q) => q.liveBelow("mine-c", "mine-1"),
    add: (q) =>
      q.add({
        ...{ id: "mine-gn", conversationId: "mine-c", messageId: "mine-2", model: "m", now: 9 },
      }),
  },
  imports: {
    add: (q) => q.add({ id: "new", fileName: "new", createdAt: 9 }),
    find: (q) => q.find("mine-i"),
    newest: (q) => q.newest(9),
    note: (q) => q.note("mine-i", { done: 7 }),
  },
  messages: { find: (q) => q.find("mine-2") },
  modelCounts: {
    of: (q) => q.of("d"),
    learn: (q) => q.learn("d", { characters: 5, tokens: 1, contextTokens: null, numCtx: null }),
  },
  savedPrompts: {
    list: (q) => q.list({ limit: 9, characters: 9 }),
    find: (q) => q.find("mine-s"),
    add: (q) => q.add({ id: "new", title: "new", text: "new" }),
    change: (q) => q.change("mine-s", { title: "new", text: "new" }),
    remove: (q) => q.remove("mine-s"),
  },
  search: {
    messagesWith: (q) => q.messagesWith(QUERY, 9),
    titlesWith: (q) => q.titlesWith(QUERY, 9),
    isSearchable: (q) => q.isSearchable(QUERY),
    isComplete: (q) => q.isComplete(),
  },
  transfer: {
    ids: (q) => q.ids("", 9),
    whole: (q) => q.whole("mine-c"),
    fileBytes: (q) => q.fileBytes(HASH),
    isHere: (q) => q.isHere({ ids: ["mine-c"], origins: [] }),
    write: (q) =>
      q.write({
        messages: [imported],
        leaves: [["mine-1", "mine-2"]],
        show: { id: "mine-written", leafId: null },
      }),
    discard: (q) => q.discard("mine-written"),
  },
  turns: {
    add: (q) =>
      q.add({
        conversationId: "mine-c",
        messages: [{ id: "mine-new", parentId: "mine-3", role: "assistant", content: "" }],
        ...{ generation: { id: "mine-gn", model: "m" }, replaces: "mine-3", now: 9 },
      }),
    sentAs: (q) => q.sentAs("mine-form"),
  },
  unsentTexts: {
    keep: (q) =>
      q.keep(
        { conversationId: "mine-c", prompt: "new", model: null, files: [loose] },
        { now: 9, mostBytes: 1 },
      ),
    find: (q) => q.find("mine-c", unsent),
  },
  waitingPrompts: {
    add: (q) =>
      q.add(
        {
          ...{ id: "mine-wn", conversationId: "mine-c", behindId: "mine-3", prompt: "new" },
          ...{ model: "m", clientId: null, createdAt: 9 },
        },
        [loose],
        9,
      ),
    list: (q) => q.list("mine-c"),
    firstBehind: (q) => q.firstBehind("mine-c", "mine-3"),
    firstHeld: (q) => q.firstHeld("mine-c"),
    find: (q) => q.find("mine-w"),
    edit: (q) => q.edit("mine-w", { prompt: "new", model: "m" }),
    remove: (q) => q.remove("mine-w", 9),
  },
};

/** These have nothing to do with whose rows there are. */
const ALIKE = new Set(["search.isSearchable", "search.isComplete"]);
/** Nothing is held here, since an answer is being written. */
const NOTHING_FOR_ANYONE = new Set(["waitingPrompts.firstHeld"]);

async function fill(own: OwnerDb): Promise<void> {
  const asked = await own.files.keep(file, 1);
  loose = (await own.files.keepAgain({ hash: HASH, name: "Zq.txt" }, 1)) ?? "";
  const queued = (await own.files.keepAgain({ hash: HASH, name: "Zq.txt" }, 1)) ?? "";
  await own.turns.add({
    ...{ conversationId: "mine-c", title: "Zq", clientId: "mine-form", now: 1 },
    messages: [
      {
        ...{ id: "mine-1", parentId: null, role: "user", content: "Zq asked" },
        files: { loose: [asked.id] },
      },
      { id: "mine-2", parentId: "mine-1", role: "assistant", content: "Zq answered", model: "m" },
    ],
    generation: { id: "mine-ga", model: "m" },
  });
  const counted = { promptTokens: 9, answerTokens: 9, contextTokens: 99, endedAt: 2 };
  await db.upkeep.generations.end("mine-ga", { state: "finished", ...counted });
  await own.turns.add({
    ...{ conversationId: "mine-c", now: 3, generation: { id: "mine-gb", model: "m" } },
    messages: [{ id: "mine-3", parentId: "mine-1", role: "assistant", content: "", model: "m" }],
  });
  const waiting = { id: "mine-w", conversationId: "mine-c", behindId: "mine-3", prompt: "Zq" };
  await own.waitingPrompts.add(
    { ...waiting, model: "m", clientId: null, createdAt: 4 },
    [queued],
    9,
  );
  await own.turns.add({
    ...{ conversationId: "mine-d", title: "Zq", generation: { id: "mine-gd", model: "m" }, now: 4 },
    messages: [{ id: "mine-dp", parentId: null, role: "assistant", content: "" }],
  });
  await own.conversations.markDeleted("mine-d", 5);
  await own.transfer.write({ begin: conversation, messages: [] });
  await own.savedPrompts.add({ id: "mine-s", title: "Zq", text: "Zq" });
  await own.imports.add({ id: "mine-i", fileName: "Zq", createdAt: 1 });
  await own.defaults.setOfPerson({ system: "Zq" });
  await own.defaults.setOfModel("m", { system: "Zq" });
  await own.modelCounts.learn("d", { characters: 9, tokens: 9, contextTokens: 9, numCtx: 9 });
  const text = { conversationId: "mine-c", prompt: "Zq", model: null, files: [] };
  unsent = (await own.unsentTexts.keep(text, { now: 1, mostBytes: 9_999 })) ?? "";
  const found = await own.messages.find("mine-2");
  if (!found) throw new Error("the message is not there");
  answer = found;
}

/** Every row that is the owner's or points at one of theirs, but what stands in the full-text indexes. */
function rows(): string {
  using looked = new Database(join(folder, "parley.db"), { readonly: true });
  const tables = looked
    .query<{ name: string }, []>(
      "select name from sqlite_master where type = 'table' and name not like '%search%' and sql like '%owner_id%' order by name",
    )
    .all();
  const all = tables.map(({ name }) => looked.query(`select * from ${name}`).all());
  return JSON.stringify(
    all.map((table) => table.filter((row) => /"owner"|"mine-/.test(JSON.stringify(row)))),
  );
}

/** What a query gives, and what becomes of the owner's rows, on a database that was just filled. */
async function run(asker: string, group: string, name: string) {
  db = await openDb(join(folder, "parley.db"), "drizzle");
  try {
    await fill(db.of(OWNER));
    const before = rows();
    const queries = db.of(asker)[group as "messages"];
    const query = WALK[group as "messages"][name as "find"];
    const result = await query(queries).then(
      (value) => (value instanceof Map ? [...value] : value),
      (error) => `refused: ${error}`,
    );
    return { result: JSON.stringify(result) ?? "", changed: rows() !== before };
  } finally {
    await db.close();
    rmSync(join(folder, "parley.db"));
    for (const end of ["-wal", "-shm", ".lock"]) {
      rmSync(join(folder, `parley.db${end}`), { force: true });
    }
  }
}

describe("what is asked in another's name gives and changes nothing", () => {
  test("no query is left out", async () => {
    db = await openDb(join(folder, "parley.db"), "drizzle");
    const own = db.of(OWNER);
    for (const [group, queries] of Object.entries(own).filter(([name]) => name !== "ownerId")) {
      const names = Object.getOwnPropertyNames(Object.getPrototypeOf(queries));
      const known = Object.keys(WALK[group as "messages"]);
      expect(known.sort(), group).toEqual(names.filter((name) => name !== "constructor").sort());
    }
    await db.close();
  });

  const all = Object.entries(WALK).flatMap(([group, queries]) =>
    Object.keys(queries).map((name) => [group, name] as const),
  );
  test.each(all)("%s.%s", async (group, name) => {
    const asked = `${group}.${name}`;
    const other = await run("other", group, name);
    expect(other.changed, "another's rows").toBe(false);
    if (ALIKE.has(asked)) return;
    if (name !== "keep") expect(other.result).not.toMatch(/Zq/);
    if (NOTHING_FOR_ANYONE.has(asked)) return;
    const own = await run(OWNER, group, name);
    expect(own.changed || own.result !== other.result, "the owner sees a difference").toBe(true);
  });
});
