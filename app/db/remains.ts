import type { Database } from "bun:sqlite";

/** Pages of the search index that are written anew in one step: a few milliseconds. */
const STEP_PAGES = 32;
/** FTS5 keeps the marks of deleted rows under numbers from here on, those of its other pages below. */
const FIRST_MARK = 2 ** 53;

const INDEXES = ["search_index", "search_titles"] as const;

/**
 * What is deleted leaves the tables at once (`secure_delete`), but not the full-text indexes, which only mark a
 * deleted row until its part of the index is merged, and not the write-ahead log.
 */
export function remainQueries(client: Database) {
  /** The index that is being merged; one merge takes many steps. */
  let merging: (typeof INDEXES)[number] | undefined;
  let changesAtTruncate = -1;

  const changes = () =>
    client.query<{ n: number }, []>("select total_changes() as n").get()?.n ?? 0;

  /** A negative number begins to merge the whole index, a positive one goes on; false when it is done. */
  function merge(index: string, pages: number): boolean {
    const before = changes();
    client.query(`insert into ${index} (${index}, rank) values ('merge', ?)`).run(pages);
    return changes() - before >= 2;
  }

  return {
    /** Merges a little more of a search index that has deleted words; true when none has any left. */
    async wipeStep(): Promise<boolean> {
      if (merging) {
        if (!merge(merging, STEP_PAGES)) merging = undefined;
        return false;
      }
      merging = INDEXES.find((index) =>
        client.query(`select 1 from ${index}_data where id >= ? limit 1`).get(FIRST_MARK),
      );
      if (merging) merge(merging, -STEP_PAGES);
      return merging === undefined;
    },

    /** Empties the write-ahead log, if anything was written; false while somebody reads from it. */
    async emptyLog(): Promise<boolean> {
      const now = changes();
      if (now === changesAtTruncate) return true;
      const result = client.query<{ busy: number }, []>("pragma wal_checkpoint(truncate)").get();
      if (result?.busy === 1) return false;
      changesAtTruncate = now;
      return true;
    },
  };
}
