import { Database } from "bun:sqlite";
import { mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { StorageError } from "~/errors";
import { type Db, openDb } from "./db";

let folder: string;
let file: string;
let db: Db;
let told: (string | undefined)[];

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "parley-storage-"));
  file = join(folder, "parley.db");
  told = [];
  db = await openDb(file, "drizzle", (fault) => told.push(fault?.code));
});
afterEach(async () => {
  await db.close();
  rmSync(folder, { recursive: true, force: true });
});

const save = (title = "A title") =>
  db.of("local").savedPrompts.add({ id: crypto.randomUUID(), title, text: "A text" });
const titles = async () =>
  (await db.of("local").savedPrompts.list({ limit: 100, characters: 10 })).map(
    ({ title }) => title,
  );

async function refusal(write: Promise<unknown>): Promise<StorageError> {
  const error = await write.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(StorageError);
  return error as StorageError;
}

/** Another program that holds the lock for writing until it is told otherwise. */
function locked(): () => void {
  const other = new Database(file);
  other.run("begin immediate");
  return () => {
    other.run("rollback");
    other.close();
  };
}

describe("while another program has locked the database", () => {
  test("a write waits for it, reads go on, and so does everything else", async () => {
    const unlock = locked();
    let turns = 0;
    const turning = setInterval(() => turns++, 10);
    const writing = save();
    expect(await titles()).toEqual([]);
    await Bun.sleep(300);
    unlock();
    await writing;
    clearInterval(turning);
    expect(turns).toBeGreaterThan(10);
    expect(await titles()).toEqual(["A title"]);
    expect(told).toEqual([]);
  });

  test("a write that waits too long is refused with 503 and what to do", async () => {
    const unlock = locked();
    const begun = performance.now();
    const error = await refusal(save());
    expect(performance.now() - begun).toBeLessThan(1_000);
    expect(error).toMatchObject({ code: "database-locked", kind: "unavailable" });
    expect(error.message).toContain("another program has locked the database");
    expect(error.next).toContain("backup");
    await refusal(db.check());
    unlock();
    await db.check();
    await save();
    expect(told).toEqual(["database-locked", undefined]);
  });
});

describe("while the database file is not at its place", () => {
  test.each(["deleted", "moved", "replaced"])("%s, nothing is acknowledged", async (how) => {
    await save("before");
    const aside = join(folder, "aside.db");
    if (how === "deleted") rmSync(file);
    else renameSync(file, aside);
    if (how === "replaced") writeFileSync(file, "");
    await Bun.sleep(300);
    expect(await refusal(save())).toMatchObject({ code: "database-gone", kind: "unavailable" });
    expect((await refusal(db.check())).message).toContain("moved, deleted or replaced");
    // What was there can still be read, and taken along.
    expect(await titles()).toEqual(["before"]);
    if (how !== "moved") return;
    renameSync(aside, file);
    await db.check();
    await save("again");
    expect(await titles()).toEqual(["again", "before"]);
    expect(told).toEqual(["database-gone", undefined]);
  });
});
