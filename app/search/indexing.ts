import type { Db } from "~/db/db";
import type { Log } from "~/log.server";

/** Between two steps: requests and answers come first, and there is no hurry. */
const BREATH_MS = 10;

/**
 * Takes the messages that were there before the search index into it, a few at a time. Returns what ends that,
 * after the step that is being made; the next start goes on from there.
 */
export function keepIndexing(db: Db, log: Log): () => Promise<void> {
  let over = false;
  const indexing = (async () => {
    while (!over && !(await db.upkeep.search.indexSome())) await Bun.sleep(BREATH_MS);
  })().catch((error) => log.error("old messages were not indexed", { error }));
  return async () => {
    over = true;
    await indexing;
  };
}
