import { Database } from "bun:sqlite";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Db, openDb } from "../app/db/db";
import { INDEXED_CHARACTERS } from "../app/limits";
import { parseSearch } from "../app/search/query";

const OWNER = "local";
let folder: string;
let db: Db;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "parley-search-"));
  db = await openDb(join(folder, "parley.db"), "drizzle");
});
afterAll(async () => {
  await db.close();
  rmSync(folder, { recursive: true, force: true });
});

let minute = new Date(2026, 2, 9, 12).getTime();

/** A conversation of one prompt and its answer; gives their ids. */
async function converse(
  title: string,
  prompt: string,
  answer: string,
  { owner = OWNER, model = "qwen3:8b" } = {},
) {
  const [conversationId, asked, answered, generation] = [0, 0, 0, 0].map(() =>
    Bun.randomUUIDv7(),
  ) as [string, string, string, string];
  minute += 60_000;
  await db.of(owner).turns.add({
    conversationId,
    title,
    messages: [
      { id: asked, parentId: null, role: "user", content: prompt },
      { id: answered, parentId: asked, role: "assistant", content: "", model },
    ],
    generation: { id: generation, model },
    now: minute,
  });
  await write(generation, 0, answer);
  return { conversationId, asked, answered };
}

async function write(generationId: string, seq: number, content: string) {
  await db.upkeep.generations.append([
    { ownerId: OWNER, generationId, seq, thinking: "", content },
  ]);
  await db.upkeep.generations.end(generationId, { state: "finished", endedAt: minute });
}

async function messages(typed: string, owner = OWNER): Promise<string[]> {
  const { found } = await db.of(owner).search.messagesWith(parseSearch(typed).query, 50);
  return found.map(({ content }) => content);
}

async function titles(typed: string): Promise<string[]> {
  const { found } = await db.of(OWNER).search.titlesWith(parseSearch(typed).query, 50);
  return found.map(({ title }) => title);
}

describe("words", () => {
  beforeAll(async () => {
    await converse("Tides", "Why does the café close at high tide?", "Because of the water.");
    await converse(
      "Ångström",
      "What is high? A tide is.",
      "```ts\nconst high_water = tide();\n```",
    );
    await converse("日本の海", "日本語のデータベースを使う方法", "索引を作ります。");
    await converse("ภาษาไทย", "กินข้าวกับปลา", "한국어를 배우다");
  });

  const SEARCHES: [typed: string, found: number][] = [
    ["tide ", 3],
    ["high tide ", 3],
    ['"high tide"', 1],
    ["high -café ", 2],
    ["-tide water ", 1],
    ["CAFE ", 1],
    ["cafe\u0301 ", 1],
    ["wate", 2],
    ["wate ", 0],
    ["w* ", 4],
    ["データ", 1],
    ["データベース ", 1],
    ["語の", 1],
    ["海", 0],
    ["本", 1],
    ["法", 1],
    ['"日本語"', 1],
    ["日語", 0],
    ["日本 使う", 1],
    ["ข้าว", 1],
    ["ก", 1],
    ["국어", 1],
    ["high_water", 1],
    ["has:code tide", 1],
    ["has:code", 1],
    ["has:file", 0],
    ["!!! tide ", 3],
    ["!!!", 0],
    ["\uE001local", 0],
  ];
  for (const [typed, found] of SEARCHES) {
    test(`${JSON.stringify(typed)} finds ${found}`, async () => {
      expect((await messages(typed)).length).toBe(found);
    });
  }

  test("find titles apart from messages", async () => {
    expect(await titles("tides")).toEqual(["Tides"]);
    expect(await titles("angstrom")).toEqual(["Ångström"]);
    expect(await titles("海")).toEqual(["日本の海"]);
    expect(await titles("café")).toEqual([]);
    expect(await titles("tides has:code")).toEqual([]);
  });
});

test("a continued answer is found by all of its text, once", async () => {
  const { conversationId, answered } = await converse("Going on", "Go on", "First half zymurgy");
  const generation = { id: Bun.randomUUIDv7(), messageId: answered, model: "qwen3:8b" };
  await db.of(OWNER).generations.add({ ...generation, conversationId, now: minute });
  await write(generation.id, 0, " second half quokka");
  expect(await messages("zymurgy quokka ")).toEqual(["First half zymurgy second half quokka"]);
  expect((await messages("zymurgy ")).length).toBe(1);
});

test("models are found by the beginning of their names", async () => {
  await converse("Models", "wombat", "wombat one", { model: "Gemma3:27b-instruct-q4_K_M" });
  await converse("Models", "wombat", "wombat two", { model: "llama3.2:3b" });
  expect(await messages("wombat model:gemma3")).toEqual(["wombat one"]);
  expect(await messages("wombat model:gemma3:27b-Instruct-q4_K_M")).toEqual(["wombat one"]);
  expect(await messages("wombat model:g model:ll")).toEqual(["wombat two", "wombat one"]);
  expect(await messages("wombat model:emma")).toEqual([]);
  expect(await messages("model:llama3.2:3b")).toEqual(["wombat two"]);
});

test("days, months and years", async () => {
  minute = new Date(2025, 3, 30, 23, 58).getTime();
  await converse("Numbat", "numbat in April", "");
  minute = new Date(2025, 4, 1, 0, 0).getTime() - 60_000;
  await converse("Numbat", "numbat in May", "");
  minute = new Date(2026, 3, 1, 12).getTime();
  for (const [typed, found] of [
    ["numbat before:2025-05", ["numbat in April"]],
    ["numbat after:2025-05", ["numbat in May"]],
    ["numbat after:2025-05-01", ["numbat in May"]],
    ["numbat before:2025-04-30", []],
    ["numbat after:2025 before:2026", ["numbat in May", "numbat in April"]],
    ["numbat before:1970", []],
  ] as const) {
    expect(await messages(typed), typed).toEqual(found);
    const both = found.length;
    expect((await titles(typed)).length, typed).toBe(both);
  }
});

test("pinned and archived conversations, and never deleted ones", async () => {
  const [one, two, three] = [
    await converse("Emu one", "emu one", "emu 1"),
    await converse("Emu two", "emu two", "emu 2"),
    await converse("Emu three", "emu three", "emu 3"),
  ];
  await db.of(OWNER).conversations.setPinned(one.conversationId, true);
  await db.of(OWNER).conversations.setArchived(two.conversationId, true);
  expect(await messages("emu is:pinned")).toEqual(["emu 1", "emu one"]);
  expect(await messages("is:archived emu")).toEqual(["emu 2", "emu two"]);
  expect(await titles("emu is:archived")).toEqual(["Emu two"]);
  expect(await messages("emu is:archived is:pinned")).toEqual([]);
  await db.of(OWNER).conversations.markDeleted(three.conversationId, Date.now());
  expect((await messages("emu ")).length).toBe(4);
  expect(await titles("three")).toEqual([]);
  await db.of(OWNER).conversations.restore(three.conversationId, 0);
  expect((await messages("emu ")).length).toBe(6);
  await db.of(OWNER).conversations.markDeleted(three.conversationId, Date.now());
  while (!(await db.upkeep.deletion.purgePart(three.conversationId, 1)));
  expect((await messages("emu ")).length).toBe(4);
});

test("nothing of what is deleted for good stays in the index", async () => {
  const { conversationId } = await converse("Bettong", "bettong", "bettong");
  const raw = new Database(join(folder, "parley.db"), { readonly: true });
  const left = () =>
    raw
      .query(
        `select (select count(*) from search_index where search_index match 'bettong') as messages,
          (select count(*) from search_titles where search_titles match 'bettong') as titles`,
      )
      .get();
  expect(left()).toEqual({ messages: 2, titles: 1 });
  await db.of(OWNER).conversations.markDeleted(conversationId, Date.now());
  while (!(await db.upkeep.deletion.purgePart(conversationId, 1)));
  expect(left()).toEqual({ messages: 0, titles: 0 });
  raw.close();
});

test("a new title takes the place of the former", async () => {
  const { conversationId } = await converse("Bilby", "x", "y");
  await db.of(OWNER).conversations.rename(conversationId, "Potoroo");
  expect(await titles("bilby")).toEqual([]);
  expect(await titles("potoroo")).toEqual(["Potoroo"]);
});

test("everyone finds what is their own", async () => {
  await converse("Theirs", "kowari", "kowari", { owner: "other" });
  expect(await messages("kowari ")).toEqual([]);
  expect((await messages("kowari ", "other")).length).toBe(2);
  expect((await messages("-kowari ", "other")).length).toBe(0);
});

test("pages meet without a gap, also for messages of one second", async () => {
  for (let n = 0; n < 60; n++) {
    minute -= 60_000;
    await converse("Dunnart", `dunnart ${n}`, "");
  }
  const { query } = parseSearch("dunnart ");
  const all = await db.of(OWNER).search.messagesWith(query, 100);
  expect(all.found.length).toBe(60);
  expect(all.next).toBeUndefined();
  const paged: string[] = [];
  for (let next: number | undefined, first = true; first || next !== undefined; first = false) {
    const page = await db.of(OWNER).search.messagesWith(query, 7, next);
    paged.push(...page.found.map(({ messageId }) => messageId));
    next = page.next;
  }
  expect(paged).toEqual(all.found.map(({ messageId }) => messageId));
});

/** What could mean something to a parser, to SQLite or to nobody. */
const SHREDS = [
  ..."\"'*()[]{}^~:+-,;.<>=!?/\\%_$#@&|`\0\t\n ",
  ...['""', "NEAR(", "AND", "OR", "NOT", "rowid", "words:", "*", "- -", "model:", "is:", "has:"],
  ...["before:", "after:9999-99-99", "-is:pinned", "tide", "日", "本語", "ก็", "e\u0301", "\u0301"],
  ...["\uD83D", "👩‍👧", "\uE001local", "\uFFFF", "ß", "İ", "a".repeat(300), "1e999", "--", "/*"],
];

test("only the beginning of a very long message is indexed", async () => {
  const long = "Zugvogel ".repeat(Math.ceil(INDEXED_CHARACTERS / 9));
  const answer = `earliestword ${long} latestword`;
  await converse("Long", "How long?", answer);
  expect(await messages("earliestword")).toEqual([answer]);
  expect(await messages("latestword")).toEqual([]);
});

test("nothing that can be typed is an error", async () => {
  const shreds = fc.array(fc.constantFrom(...SHREDS), { minLength: 1, maxLength: 12 });
  const typed = fc.tuple(shreds, fc.constantFrom("", " ")).map(([some, gap]) => some.join(gap));
  const property = fc.asyncProperty(typed, async (text) => {
    const { query } = parseSearch(text);
    await db.of(OWNER).search.messagesWith(query, 5);
    await db.of(OWNER).search.titlesWith(query, 5);
  });
  await fc.assert(property, { seed: Number(process.env.SEED ?? 3), numRuns: 1_500 });
});

test("messages from before the index are taken in, those that are in it are left alone", async () => {
  const old = mkdtempSync(join(tmpdir(), "parley-before-"));
  const file = join(old, "parley.db");
  await (await openDb(file, "drizzle")).close();
  const raw = new Database(file);
  raw.run(
    "insert into conversations (id, owner_id, title, created_at, updated_at) values ('c', 'local', 'Old', 1, 1)",
  );
  const insert = raw.query(
    `insert into messages (id, owner_id, conversation_id, parent_id, role, content, created_at)
     values (?, 'local', 'c', ?, 'user', ?, 1)`,
  );
  for (let n = 100; n < 300; n++) {
    insert.run(`m${n}`, n === 100 ? null : `m${n - 1}`, n === 250 ? "" : `takin ${n}`);
  }
  raw.close();
  const reopened = await openDb(file, "drizzle");
  const { query } = parseSearch("takin ");
  const found = async () => (await reopened.of(OWNER).search.messagesWith(query, 500)).found.length;
  expect(await reopened.of(OWNER).search.isComplete()).toBe(false);
  expect(await reopened.upkeep.search.indexSome()).toBe(false);
  const some = await found();
  expect(some).toBeGreaterThan(0);
  expect(some).toBeLessThan(199);
  while (!(await reopened.upkeep.search.indexSome()));
  expect(await found()).toBe(199);
  expect(await reopened.of(OWNER).search.isComplete()).toBe(true);
  const titles = await reopened.of(OWNER).search.titlesWith(parseSearch("old").query, 5);
  expect(titles.found.map(({ title }) => title)).toEqual(["Old"]);
  await reopened.close();
  rmSync(old, { recursive: true, force: true });
});
