import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type Db, openDb } from "~/db/db";
import type { Import } from "~/db/imports";
import {
  IMPORTED_CONVERSATIONS,
  IMPORTED_MESSAGE_FILES,
  IMPORTED_MESSAGE_GENERATIONS,
} from "~/limits";
import { createLog } from "~/log.server";
import { createImports } from "./imports";

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
  const imports = createImports({ db, readPdf: async () => "", log });
  const id = await imports.start("local", { name: "a.json", bytes: Buffer.from(text) });
  for (;;) {
    const report = await db.imports.find("local", id);
    if (report?.state !== "running") return report;
    await Bun.sleep(5);
  }
}

function conversation(answer: object): string {
  return JSON.stringify({
    format: "parley-conversation",
    version: 1,
    id: Bun.randomUUIDv7(),
    title: "Tides",
    messages: [
      { id: "a", role: "user", content: "Why?" },
      { id: "b", parent: "a", role: "assistant", content: "The moon.", ...answer },
    ],
  });
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
  const files = Array.from({ length: count }, (_, n) => {
    const bytes = Buffer.from(`File ${n}`);
    const hash = new Bun.CryptoHasher("sha256").update(bytes).digest("hex");
    return { name: `${n}.txt`, hash, bytes: bytes.toString("base64") };
  });
  const report = await imported(conversation({ files }));
  expect(report).toMatchObject({ state: "finished", added: 1 });
  expect(reasons(report)).toEqual(told);
});

test("a file of more conversations than an import takes is refused before any is taken", async () => {
  const report = await imported(`[${"{},".repeat(IMPORTED_CONVERSATIONS)}{}]`);
  expect(report).toMatchObject({ state: "failed", errorCode: "too-many", added: 0 });
  expect(report?.errorDetail).toBe("There are more than 100,000 conversations in the file.");
});
