import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type Db, openDb } from "~/db/db";
import { createLog } from "~/log.server";
import { Imports } from "./imports";

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
