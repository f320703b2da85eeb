import { Database } from "bun:sqlite";
import {
  cpSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { StartError } from "~/errors";
import { openDb } from "./db";
import { cacheStatements } from "./open";

let folder: string;
let file: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "parley-db-"));
  file = join(folder, "parley.db");
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** The migrations and one more, as the next release will have them. */
function newerMigrations(): string {
  const newer = join(folder, "newer");
  cpSync("drizzle", newer, { recursive: true });
  const journalFile = join(newer, "meta/_journal.json");
  const journal = JSON.parse(readFileSync(journalFile, "utf8"));
  const last = journal.entries.at(-1);
  journal.entries.push({ ...last, idx: last.idx + 1, when: last.when + 1_000, tag: "9999_next" });
  writeFileSync(journalFile, JSON.stringify(journal));
  writeFileSync(join(newer, "9999_next.sql"), "CREATE TABLE `novelty` (`id` text PRIMARY KEY);");
  return newer;
}

async function startError(call: Promise<unknown>): Promise<string> {
  const error = await call.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(StartError);
  return (error as StartError).message;
}

const copies = () => readdirSync(folder).filter((name) => name.includes("before-migration"));

describe("opening a database", () => {
  test("makes the folder and the file, and needs no copy of nothing", async () => {
    const deep = join(folder, "a/b/parley.db");
    const db = await openDb(deep, "drizzle");
    await db.check();
    await db.close();
    expect(copies()).toEqual([]);
  });

  test("again changes nothing", async () => {
    await (await openDb(file, "drizzle")).close();
    await (await openDb(file, "drizzle")).close();
    expect(copies()).toEqual([]);
  });

  test("with a new migration puts a copy aside that has what there was", async () => {
    const db = await openDb(file, "drizzle");
    const ids = [crypto.randomUUID(), crypto.randomUUID(), crypto.randomUUID()] as const;
    await db.of("local").turns.add({
      conversationId: ids[0],
      title: "Tides",
      messages: [{ id: ids[1], parentId: null, role: "assistant", content: "" }],
      generation: { id: ids[2], model: "m" },
      now: 1,
    });
    await db.close();
    await (await openDb(file, newerMigrations())).close();
    const [copy] = copies();
    expect(copy).toMatch(/^parley-before-migration-\d+\.db$/);
    const old = new Database(join(folder, copy ?? ""), { readonly: true });
    expect(old.query("select title from conversations").all()).toEqual([{ title: "Tides" }]);
    expect(old.query("select 1 from sqlite_master where name = 'novelty'").get()).toBeNull();
    old.close();
  });

  test("of a newer Parley refuses in a sentence and leaves it untouched", async () => {
    await (await openDb(file, newerMigrations())).close();
    const before = readFileSync(file);
    const message = await startError(openDb(file, "drizzle"));
    expect(message).toContain("newer Parley");
    expect(message).toContain(file);
    expect(readFileSync(file).equals(before)).toBe(true);
  });

  test("that is none refuses and leaves the file as it was", async () => {
    writeFileSync(file, "These are my notes, not a database.");
    expect(await startError(openDb(file, "drizzle"))).toContain("not a database");
    expect(readFileSync(file, "utf8")).toBe("These are my notes, not a database.");
  });

  test("where a file stands in place of the folder says so", async () => {
    writeFileSync(join(folder, "notes"), "");
    const message = await startError(openDb(join(folder, "notes/parley.db"), "drizzle"));
    expect(message).toContain("--data");
  });

  test("that another process has open refuses", async () => {
    const db = await openDb(file, "drizzle");
    expect(await startError(openDb(file, "drizzle"))).toContain("Another Parley");
    await db.close();
    await (await openDb(file, "drizzle")).close();
  });

  test("that another process has open refuses under every name", async () => {
    const folders = [join(folder, "linked-folder"), join(folder, "linked.db")] as const;
    symlinkSync(folder, folders[0]);
    symlinkSync(file, folders[1]);
    const names = [join(folders[0], "parley.db"), folders[1]];
    const db = await openDb(file, "drizzle");
    for (const name of names) {
      expect(await startError(openDb(name, "drizzle"))).toContain("Another Parley");
    }
    await db.close();
    for (const name of names) await (await openDb(name, "drizzle")).close();
  });

  test("through a link that leads nowhere yet makes the file there, with its lock beside it", async () => {
    const target = join(folder, "target.db");
    symlinkSync(target, file);
    const db = await openDb(file, "drizzle");
    expect(await startError(openDb(target, "drizzle"))).toContain("Another Parley");
    await db.close();
  });

  test("with a migration that fails leaves the database as it was, and no copy", async () => {
    await (await openDb(file, "drizzle")).close();
    const newer = newerMigrations();
    writeFileSync(join(newer, "9999_next.sql"), "CREATE TABLE `conversations` (`id` text);");
    const message = await startError(openDb(file, newer));
    expect(message).toContain("already exists");
    expect(copies()).toEqual([]);
    await (await openDb(file, "drizzle")).close();
  });

  test("of an earlier version wipes what was deleted in it, once", async () => {
    await (await openDb(file, "drizzle")).close();
    const old = new Database(file);
    old.run("delete from upkeep where name = 'secure delete'");
    old.run("create table notes (text text)");
    old.run("insert into notes values ('forgotten-' || hex(zeroblob(2000)))");
    old.run("pragma wal_checkpoint(truncate)");
    old.run("pragma secure_delete = off");
    old.run("delete from notes");
    old.close();
    expect(readFileSync(file).includes("forgotten-")).toBe(true);
    await (await openDb(file, "drizzle")).close();
    expect(readFileSync(file).includes("forgotten-")).toBe(false);
    const after = new Database(file, { readonly: true });
    expect(after.query("select 1 from upkeep where name = 'secure delete'").get()).toBeTruthy();
    after.close();
  });
});

test("a query that was asked before is not prepared again, and answers anew", () => {
  const database = new Database(":memory:");
  database.run("create table things (name text)");
  const free = cacheStatements(database);
  const first = database.prepare("select name from things where name > ?");
  expect(first.all("a")).toEqual([]);
  database.prepare("insert into things values (?)").run("b");
  const second = database.prepare("select name from things where name > ?");
  expect(second).toBe(first);
  expect(second.all("a")).toEqual([{ name: "b" }]);
  expect(second.all("c")).toEqual([]);
  free();
  database.close(true);
});

test("queries without end are not all kept", () => {
  const database = new Database(":memory:");
  const free = cacheStatements(database);
  for (let n = 0; n < 500; n++) database.prepare(`select ${n}`).get();
  expect(database.prepare("select 0")).toBe(database.prepare("select 0"));
  expect(database.prepare("select 499")).not.toBe(database.prepare("select 499"));
  free();
  database.close();
});
