import type { Database } from "bun:sqlite";
import type { Storage } from "../storage";

/** Pages of the index that are merged in one step: a few milliseconds. */
const STEP_PAGES = 32;
/** FTS5 numbers its marks of deleted rows from here on. */
const FIRST_MARK = 2 ** 53;

/** Larger files are not rewritten, which blocks writes for some milliseconds a MiB. */
const REWRITTEN_BYTES = 32 * 1024 * 1024;

/** As text, so that it needs no file of its own. */
const REWRITE = `import { Database } from "bun:sqlite";
self.onmessage = ({ data: file }) => {
  try {
    const database = new Database(file);
    for (const step of ["pragma temp_store = memory", "vacuum", "pragma wal_checkpoint(truncate)"]) {
      database.run(step);
    }
    database.close();
    self.postMessage({});
  } catch (error) {
    self.postMessage({ fault: String(error), code: error.code });
  }
};`;

const INDEXES = ["search_index", "search_titles"] as const;

/** Removes deleted text from the full-text indexes and the write-ahead log; `secure_delete` clears only tables. */
export class Remains {
  readonly #client: Database;
  readonly #storage: Storage;
  #merging: (typeof INDEXES)[number] | undefined;
  #changesAtTruncate = -1;

  constructor(client: Database, storage: Storage) {
    this.#client = client;
    this.#storage = storage;
  }

  /** Merges a part of a search index with deleted words; true when none has any left. */
  async wipeStep(): Promise<boolean> {
    if (this.#merging) {
      if (!this.#merge(this.#merging, STEP_PAGES)) this.#merging = undefined;
      return false;
    }
    this.#merging = INDEXES.find((index) =>
      this.#client.query(`select 1 from ${index}_data where id >= ? limit 1`).get(FIRST_MARK),
    );
    if (this.#merging) this.#merge(this.#merging, -STEP_PAGES);
    return this.#merging === undefined;
  }

  /** Rewrites the file in a thread, unless it is large: some deleted rows (one in 5,000) stay in unused parts of pages. */
  async rewrite(): Promise<void> {
    const size = this.#client
      .query<{ bytes: number }, []>(
        "select page_count * page_size as bytes from pragma_page_count, pragma_page_size",
      )
      .get();
    if (!isFile(this.#client) || (size?.bytes ?? 0) > REWRITTEN_BYTES) return;
    await this.#storage.alone(() => rewriteInThread(this.#client.filename));
    this.#changesAtTruncate = -1;
  }

  /** Empties the write-ahead log; false while someone reads from it. */
  async emptyLog(): Promise<boolean> {
    const now = this.#changes();
    if (now === this.#changesAtTruncate) return true;
    const result = this.#client
      .query<{ busy: number }, []>("pragma wal_checkpoint(truncate)")
      .get();
    if (result?.busy === 1) return false;
    this.#changesAtTruncate = now;
    return true;
  }

  /** A negative number starts a merge, a positive one continues; false when it is done. */
  #merge(index: string, pages: number): boolean {
    const before = this.#changes();
    this.#client.query(`insert into ${index} (${index}, rank) values ('merge', ?)`).run(pages);
    return this.#changes() - before >= 2;
  }

  #changes(): number {
    return this.#client.query<{ n: number }, []>("select total_changes() as n").get()?.n ?? 0;
  }
}

function isFile({ filename }: Database): boolean {
  return filename !== "" && filename !== ":memory:";
}

async function rewriteInThread(file: string): Promise<void> {
  const url = URL.createObjectURL(new Blob([REWRITE], { type: "text/javascript" }));
  const thread = new Worker(url, { ref: false });
  const reply = Promise.withResolvers<{ fault?: string; code?: string }>();
  thread.onmessage = ({ data }) => reply.resolve(data);
  thread.onerror = ({ message }) => reply.resolve({ fault: message });
  thread.addEventListener("close", () => reply.resolve({ fault: "its thread has ended" }));
  thread.postMessage(file);
  const { fault, code } = await reply.promise;
  thread.terminate();
  URL.revokeObjectURL(url);
  if (fault) throw Object.assign(new Error(`The database was not rewritten: ${fault}`), { code });
}
