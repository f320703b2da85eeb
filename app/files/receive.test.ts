import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { type Db, openDb } from "~/db/db";
import { UNSENT_MS } from "~/limits";
import { createLog } from "~/log.server";
import { deleteUnsentHourly, prepareFile } from "./receive";

let db: Db;

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ["Date"] });
  db = await openDb(":memory:", "drizzle");
});
afterEach(async () => {
  vi.useRealTimers();
  await db.close();
});

test("a file whose prompt is not sent is kept for a while, and then deleted", async () => {
  const log = createLog({ level: "error", pretty: false, write: () => {} });
  const file = await prepareFile(new File(["High water"], "tides.txt"), async () => "");
  const stored = Date.now();
  const { id } = await db.of("local").files.keep(file, stored);
  const left = async (now: number) => {
    vi.setSystemTime(now);
    deleteUnsentHourly({ db }, log)();
    return db.of("local").files.loose([id]);
  };
  expect(await left(stored + UNSENT_MS)).toHaveLength(1);
  expect(await left(stored + UNSENT_MS + 1)).toEqual([]);
});
