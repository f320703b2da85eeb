import type { Db } from "~/db/db";
import type { Log } from "~/log.server";

const PAUSE_MS = 10;

/** Indexes messages older than the search index, in steps. Returns a function that stops after the current step. */
export function startIndexing(db: Db, log: Log): () => Promise<void> {
  let stopped = false;
  const indexing = (async () => {
    while (!stopped && !(await db.upkeep.search.indexSome())) await Bun.sleep(PAUSE_MS);
  })().catch((error) => log.error("old messages were not indexed", { error }));
  return async () => {
    stopped = true;
    await indexing;
  };
}
