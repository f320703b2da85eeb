import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "drizzle-orm";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type OpenFile, openFile } from "./open";
import { type Reader, readerOf } from "./reader";

let folder: string;
let file: OpenFile;
let reader: Reader;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "parley-reader-"));
  file = openFile(join(folder, "parley.db"), "drizzle");
  reader = readerOf(file.db);
});
afterEach(async () => {
  await reader.close();
  file.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Keeps SQLite busy for a while: far longer than a turn of the event loop. */
const counting = sql`
  with recursive n(i) as (select 1 union all select i + 1 from n where i < ${1_000_000})
  select count(*) as counted from n`;
const names = sql`select name from upkeep where name <> 'secure delete' order by name`;

describe("a reader", () => {
  test("leaves the event loop to others while it reads", async () => {
    let reading = true;
    let turns = 0;
    const read = reader.all(counting).finally(() => {
      reading = false;
    });
    while (reading) {
      await new Promise(setImmediate);
      turns += 1;
    }
    expect(await read).toEqual([{ counted: 1_000_000 }]);
    // On the same thread there is one turn, behind the whole of it.
    expect(turns).toBeGreaterThan(2);
  });

  test("sees what has been committed, and gives each question its own answer", async () => {
    const before = reader.all(names);
    const sum = reader.all(sql`select ${40} + ${2} as sum`);
    expect(await before).toEqual([{ name: "search index" }]);
    expect(await sum).toEqual([{ sum: 42 }]);
    file.db.run(sql`insert into upkeep (name) values ('another')`);
    expect(await reader.all(names)).toEqual([{ name: "another" }, { name: "search index" }]);
  });

  test("only reads", async () => {
    await expect(reader.all(sql`delete from upkeep returning name`)).rejects.toThrow("readonly");
    expect(await reader.all(names)).toHaveLength(1);
  });

  test("goes on after what SQLite refuses", async () => {
    const bad = reader.all(sql`select * from no_such`);
    const good = reader.all(names);
    await expect(bad).rejects.toThrow("no such table");
    expect(await good).toHaveLength(1);
  });

  test("ends what it has begun when it is closed and refuses the rest", async () => {
    await reader.all(names);
    const begun = reader.all(counting);
    await new Promise(setImmediate);
    const late = reader.all(names);
    const closed = reader.close();
    await expect(late).rejects.toThrow("closed");
    expect(await begun).toEqual([{ counted: 1_000_000 }]);
    await closed;
    await expect(reader.all(names)).rejects.toThrow("closed");
  });

  test("goes on in a new thread after its thread has died, over a question or between two", async () => {
    const threads: Worker[] = [];
    const Real = globalThis.Worker;
    globalThis.Worker = class extends Real {
      constructor(...args: ConstructorParameters<typeof Worker>) {
        super(...args);
        threads.push(this);
      }
    };
    try {
      const asked = reader.all(counting);
      await new Promise(setImmediate);
      threads[0]?.terminate();
      await expect(asked).rejects.toThrow("thread has ended");
      expect(await reader.all(names)).toHaveLength(1);
      threads[1]?.terminate();
      await Bun.sleep(50);
      expect(await reader.all(names)).toHaveLength(1);
      expect(threads).toHaveLength(3);
      threads[2]?.terminate();
      await reader.close();
    } finally {
      globalThis.Worker = Real;
    }
  });

  test("does not read what nobody waits for any more, whether it is queued or has begun", async () => {
    const begun = performance.now();
    await reader.all(counting);
    const each = performance.now() - begun;
    const leaving = new AbortController();
    const left = Array.from({ length: 30 }, () => reader.all(counting, leaving.signal));
    const stays = reader.all(names);
    const late = performance.now();
    await new Promise(setImmediate);
    leaving.abort(new Error("gone"));
    for (const one of left) await expect(one).rejects.toThrow("gone");
    await expect(reader.all(names, leaving.signal)).rejects.toThrow("gone");
    expect(await stays).toHaveLength(1);
    expect(performance.now() - late).toBeLessThan(10 * each);
  });

  test("is not held up for long by what SQLite still reads for nobody", async () => {
    const leaving = new AbortController();
    const endless = reader.all(
      sql`with recursive n(i) as (select 1 union all select i + 1 from n where i < ${30_000_000})
          select count(*) as counted from n`,
      leaving.signal,
    );
    await Bun.sleep(100);
    const asked = performance.now();
    leaving.abort(new Error("gone"));
    await expect(endless).rejects.toThrow("gone");
    expect(performance.now() - asked).toBeLessThan(500);
    expect(await reader.all(names)).toHaveLength(1);
  }, 20_000);

  test("reads a database in memory too", async () => {
    const memory = openFile(":memory:", "drizzle");
    const reading = readerOf(memory.db);
    expect(await reading.all(names)).toEqual([{ name: "search index" }]);
    await reading.close();
    memory.close();
  });
});
