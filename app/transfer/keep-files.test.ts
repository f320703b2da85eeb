import { afterEach, beforeEach, expect, test } from "vitest";
import { type Db, openDb } from "~/db/db";
import { BadFile } from "./bad-file";
import { keepFiles } from "./keep-files";

let db: Db;

beforeEach(async () => {
  db = await openDb(":memory:", "drizzle");
});
afterEach(() => db.close());

test("a file that is damaged in its archive is left out, and the others are kept", async () => {
  const source = {
    async fileBytes(): Promise<Uint8Array> {
      throw new BadFile("damaged", "The archive is damaged: it cannot be unpacked.");
    },
  };
  const file = { name: "tide.txt", hash: null, bytes: null, width: null, height: null };
  const kept = await keepFiles({ db, readPdf: async () => "", source }, "local", [
    { ...file, hash: "a".repeat(64) },
    { ...file, bytes: Buffer.from("High water") },
  ]);
  const files = await db.files.loose("local", kept);
  expect(files.map(({ name, size }) => [name, size])).toEqual([["tide.txt", 10]]);
});
