import { Database } from "bun:sqlite";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type Db, openDb } from "~/db/db";
import type { Import } from "~/db/imports";
import {
  IMPORTED_ANSWER_BYTES,
  IMPORTED_CONVERSATIONS,
  IMPORTED_FILES,
  IMPORTED_GENERATIONS,
  IMPORTED_MESSAGE_FILES,
  IMPORTED_MESSAGE_GENERATIONS,
  IMPORTED_MESSAGES,
  PROMPT_BYTES,
  TITLE_CHARACTERS,
} from "~/limits";
import { createLog } from "~/log.server";
import { Imports } from "./imports";
import { fromOwn } from "./own-format";

let db: Db;
let folder: string;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "parley-imports-"));
  db = await openDb(join(folder, "parley.db"), "drizzle");
});
afterEach(async () => {
  await db.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Imports this and gives the report. */
async function imported(text: string): Promise<Import | undefined> {
  const log = createLog({ level: "error", pretty: false, write: () => {} });
  const imports = new Imports({ db, readPdf: async () => "", log });
  const id = await imports.start("local", { name: "a.json", bytes: Buffer.from(text) });
  for (;;) {
    const report = await db.of("local").imports.find(id);
    if (report?.state !== "running") return report;
    await Bun.sleep(5);
  }
}

const of = (messages: object[], title = "Tides") =>
  JSON.stringify({ format: "parley-conversation", version: 1, id: "c", title, messages });

function conversation(answer: object, prompt: object = {}): string {
  return of([
    { id: "a", role: "user", content: "Why?", ...prompt },
    { id: "b", parent: "a", role: "assistant", content: "The moon.", ...answer },
  ]);
}

/** So many messages, one behind the other; those at the end have something more. */
function chain(count: number, more: (index: number) => object = () => ({})): object[] {
  return Array.from({ length: count }, (_, n) => ({
    ...{ id: `${n}`, parent: `${n - 1}`, role: "assistant", content: "", ...more(n) },
  }));
}

/** As many things as one message may have, on as many messages as it takes for this many. */
function spread<T>(count: number, atOnePlace: number, thing: (n: number) => T): T[][] {
  const places = Math.ceil(count / atOnePlace);
  return Array.from({ length: places }, (_, place) =>
    Array.from({ length: Math.min(atOnePlace, count - place * atOnePlace) }, (_, n) =>
      thing(place * atOnePlace + n),
    ),
  );
}

function file(n: number): object {
  const bytes = Buffer.from(`File ${n}`);
  const hash = new Bun.CryptoHasher("sha256").update(bytes).digest("hex");
  return { name: `${n}.txt`, hash, bytes: bytes.toString("base64") };
}

/** The one value that a query gives, looked at from outside. */
function stored(query: string): unknown {
  using looked = new Database(join(folder, "parley.db"), { readonly: true });
  return (looked.query(query).get() as { value: unknown }).value;
}

const reasons = (report: Import | undefined) => report?.skipped.map(({ reason }) => reason);

test.each([
  [IMPORTED_MESSAGE_GENERATIONS, []],
  [IMPORTED_MESSAGE_GENERATIONS + 1, ["Taken without 1 generation."]],
])("a message with %d generations", async (count, told) => {
  const generations = Array.from({ length: count }, () => ({ state: "finished" }));
  const report = await imported(conversation({ generations }));
  expect(report).toMatchObject({ state: "finished", added: 1 });
  expect(reasons(report)).toEqual(told);
});

test.each([
  [IMPORTED_MESSAGE_FILES, []],
  [IMPORTED_MESSAGE_FILES + 1, ["Taken without 1 file."]],
])("a message with %d files", async (count, told) => {
  const files = Array.from({ length: count }, (_, n) => file(n));
  const report = await imported(conversation({ files }));
  expect(report).toMatchObject({ state: "finished", added: 1 });
  expect(reasons(report)).toEqual(told);
});

test("a conversation has as many generations as it may have, and the rest is left out", async () => {
  const all = spread(IMPORTED_GENERATIONS + 1, IMPORTED_MESSAGE_GENERATIONS, () => ({}));
  const read = await fromOwn(JSON.parse(of(chain(all.length, (n) => ({ generations: all[n] })))));
  const taken = read.messages.reduce((sum, { generations }) => sum + generations.length, 0);
  expect([taken, read.without]).toEqual([IMPORTED_GENERATIONS, ["1 generation"]]);
});

test("a conversation has as many files as it may have, and the rest is left out", async () => {
  const all = spread(IMPORTED_FILES + 1, IMPORTED_MESSAGE_FILES, file);
  const report = await imported(of(chain(all.length, (n) => ({ files: all[n] }))));
  expect(reasons(report)).toEqual(["Taken without 1 file."]);
  expect(stored("select count(*) value from attachments")).toBe(IMPORTED_FILES);
}, 30_000);

test("as many messages as a conversation may have are looked through", async () => {
  // To save them all would take long: this one is left out for its last message.
  const content = "x".repeat(IMPORTED_ANSWER_BYTES + 1);
  const last = (n: number) => (n === IMPORTED_MESSAGES - 1 ? { content } : {});
  const report = await imported(of(chain(IMPORTED_MESSAGES, last)));
  expect(reasons(report)).toEqual(["An answer in it is longer than 4 MiB."]);
}, 30_000);

test("a conversation with a message more", async () => {
  const report = await imported(of(chain(IMPORTED_MESSAGES + 1)));
  expect(report).toMatchObject({ state: "finished", added: 0 });
  expect(reasons(report)).toEqual(["It has more than 100,000 messages."]);
}, 30_000);

const [MOST_ANSWER, MOST_PROMPT] = [IMPORTED_ANSWER_BYTES, PROMPT_BYTES].map((bytes) =>
  "é".repeat(bytes / 2),
);
test.each([
  ["an answer", conversation({ content: MOST_ANSWER, thinking: MOST_ANSWER }), []],
  [
    "an answer past its limit",
    conversation({ content: `${MOST_ANSWER}x` }),
    ["An answer in it is longer than 4 MiB."],
  ],
  [
    "thinking past its limit",
    conversation({ thinking: `${MOST_ANSWER}x` }),
    ["An answer in it is longer than 4 MiB."],
  ],
  ["a prompt", conversation({}, { content: MOST_PROMPT }), []],
  [
    "a prompt past its limit",
    conversation({}, { content: `${MOST_PROMPT}x` }),
    ["A prompt in it is longer than 1 MiB."],
  ],
])("the length of %s", async (_, text, told) => {
  const report = await imported(text);
  expect(report?.state).toBe("finished");
  expect(reasons(report)).toEqual(told);
});

test.each(["", "🌊"])("a title is cut to its limit (%j)", async (more) => {
  const title = "🌊".repeat(TITLE_CHARACTERS);
  await imported(of(chain(1), title + more));
  expect(stored("select title value from conversations")).toBe(title);
});

test("a file of as many conversations as an import takes is gone through", async () => {
  const report = await imported(`[${"{},".repeat(IMPORTED_CONVERSATIONS - 1)}{}]`);
  expect(report).toMatchObject({ state: "failed", errorCode: "unknown-format" });
}, 60_000);

test("a file of more conversations than an import takes is refused before any is taken", async () => {
  const report = await imported(`[${"{},".repeat(IMPORTED_CONVERSATIONS)}{}]`);
  expect(report).toMatchObject({ state: "failed", errorCode: "too-many", added: 0 });
  expect(report?.errorDetail).toBe("There are more than 100,000 conversations in the file.");
});

test("of two imports that come at the same moment one is taken", async () => {
  const log = createLog({ level: "error", pretty: false, write: () => {} });
  const imports = new Imports({ db, readPdf: async () => "", log });
  const file = { name: "all.json", bytes: Buffer.from("[]") };
  const both = [imports.start("local", file), imports.start("local", file)];
  const states = (await Promise.allSettled(both)).map(({ status }) => status);
  expect(states).toEqual(["fulfilled", "rejected"]);
  await imports.close();
  expect(await db.of("local").imports.newest(9)).toHaveLength(1);
});
