import type { Database } from "bun:sqlite";
import { statSync } from "node:fs";
import { StorageError, type StorageFault } from "~/errors";

/** How long to wait for another program's lock; below a second with the recorder's batch. */
const LOCKED_MS = 700;
const MOST_WAIT_MS = 50;
const LOOK_EVERY_MS = 250;

/** Called when saving fails, and with undefined when it works again. */
export type StorageListener = (fault: StorageError | undefined) => void;

export class Storage {
  readonly #client: Database;
  readonly #file: string;
  readonly #identity: string | undefined;
  readonly #tell: StorageListener;
  #lookedAt = Number.NEGATIVE_INFINITY;
  #gone = false;
  #ownLock: Promise<unknown> | undefined;
  #failing: { fault: StorageFault; changes: number } | undefined;

  constructor(client: Database, file: string, tell: StorageListener) {
    this.#client = client;
    this.#file = file;
    this.#identity = identityOf(file);
    this.#tell = tell;
  }

  /** Runs a query; waits for a lock, and throws a StorageError if the disk or the file fails. */
  run<T>(ask: () => Promise<T>): Promise<T> {
    this.#look(false);
    return this.#attempt(ask(), ask);
  }

  /** Rejects with a StorageError if the database cannot be read or the last write failed. */
  async check(): Promise<void> {
    this.#look(true);
    if (this.#gone) throw new StorageError("database-gone");
    const write = async () => {
      this.#client.query("select 1 from upkeep limit 1").get();
      if (!this.#failing) return;
      this.#client.run(
        "insert into upkeep (name) values ('write check') on conflict (name) do update set name = excluded.name",
      );
    };
    await this.#attempt(write(), write);
  }

  /** For another thread that locks the database; writes wait for its end. */
  async alone(run: () => Promise<void>): Promise<void> {
    const locking = run();
    this.#ownLock = locking.catch(() => {});
    try {
      await locking;
    } finally {
      this.#ownLock = undefined;
    }
  }

  async #attempt<T>(first: Promise<T>, again: () => Promise<T>): Promise<T> {
    const begun = performance.now();
    let attempt = first;
    for (let wait = 5; ; wait = Math.min(2 * wait, MOST_WAIT_MS)) {
      try {
        const result = await attempt;
        if (this.#failing && this.#changes() > this.#failing.changes) this.#succeeded();
        return result;
      } catch (error) {
        const fault = storageFault(error);
        if (fault === undefined) throw error;
        const patient = performance.now() - begun < LOCKED_MS;
        // SQLite's own waiting would block the whole process.
        const locked = fault === "database-locked";
        if (locked && this.#ownLock) await this.#ownLock;
        else if (locked && patient) await Bun.sleep(wait);
        else throw this.#failed(this.#gone ? "database-gone" : fault, error);
        attempt = again();
      }
    }
  }

  /** Writes to a file that was moved or deleted would be lost. */
  #look(now: boolean): void {
    if (this.#identity === undefined) return;
    if (!now && performance.now() - this.#lookedAt < LOOK_EVERY_MS) return;
    this.#lookedAt = performance.now();
    const gone = identityOf(this.#file) !== this.#identity;
    if (gone === this.#gone) return;
    this.#gone = gone;
    this.#client.run(`pragma query_only = ${gone ? "on" : "off"}`);
    if (gone) this.#failed("database-gone", undefined);
    else this.#succeeded();
  }

  #failed(fault: StorageFault, cause: unknown): StorageError {
    const error = new StorageError(fault, cause);
    const before = this.#failing?.fault;
    this.#failing = { fault, changes: this.#changes() };
    if (fault !== before) this.#tell(error);
    return error;
  }

  #succeeded(): void {
    this.#failing = undefined;
    this.#tell(undefined);
  }

  #changes(): number {
    const row = this.#client.query<{ n: number }, []>("select total_changes() as n").get();
    return row?.n ?? 0;
  }
}

/** Why SQLite cannot save; undefined for other errors. */
export function storageFault(error: unknown): StorageFault | undefined {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    const code = String((cause as { code?: unknown }).code ?? "");
    const known = FAULTS.find(([prefix]) => code.startsWith(prefix));
    if (known) return known[1];
  }
  return undefined;
}

const FAULTS: [string, StorageFault][] = [
  ["SQLITE_FULL", "disk-full"],
  ["SQLITE_BUSY", "database-locked"],
  ["SQLITE_READONLY", "database-read-only"],
  ["SQLITE_IOERR", "disk-failing"],
  ["SQLITE_CANTOPEN", "disk-failing"],
];

function identityOf(file: string): string | undefined {
  try {
    const { dev, ino } = statSync(file, { bigint: true });
    return `${dev} ${ino}`;
  } catch {
    return undefined;
  }
}
