import type { SQL } from "drizzle-orm";
import { SQLiteSyncDialect } from "drizzle-orm/sqlite-core";
import { serialQueue, unlessAborted } from "~/shared/promises";
import type { Drizzle } from "./open";

/** Reads in another thread, since SQLite blocks its own. */
export interface Reader {
  /** Committed rows. Rejects at once if the signal aborts; a running read continues, as SQLite cannot be interrupted. */
  all<Row>(query: SQL, signal?: AbortSignal): Promise<Row[]>;
  /** Waits for the running read; rejects the queued ones. */
  close(): Promise<void>;
}

interface Question {
  sql: string;
  params: unknown[];
}

type Reply = { rows: unknown[] } | { fault: string };

/** An idle thread is then ended, to free its memory. */
const IDLE_MS = 60_000;
/** A thread that reads this long after an abort is replaced; it ends after its statement. */
const ABANDONED_MS = 1_000;

/** As text, so that it needs no file of its own. */
const READ = `import { Database } from "bun:sqlite";
let database;
self.onmessage = ({ data: { file, question } }) => {
  if (!question) {
    database?.close();
    return self.postMessage({ rows: [] });
  }
  try {
    database ??= new Database(file, { readonly: true });
    self.postMessage({ rows: database.query(question.sql).all(...question.params) });
  } catch (error) {
    self.postMessage({ fault: String(error) });
  }
};`;

/** A reader of the file of `db`; its thread starts with the first query. */
export function readerOf(db: Drizzle): Reader {
  const file = db.$client.filename;
  // A database in memory can only be read through its own connection.
  if (file === "" || file === ":memory:") {
    return { all: async <Row>(query: SQL) => db.all<Row>(query), close: async () => {} };
  }
  return new ThreadReader(file);
}

class ThreadReader implements Reader {
  readonly #file: string;
  readonly #dialect = new SQLiteSyncDialect();
  readonly #inTurn = serialQueue();
  #thread: Thread | undefined;
  #quiet: Timer | undefined;
  #closed = false;

  constructor(file: string) {
    this.#file = file;
  }

  all<Row>(query: SQL, signal?: AbortSignal): Promise<Row[]> {
    const { sql, params } = this.#dialect.sqlToQuery(query);
    const rows = this.#inTurn(async () => {
      signal?.throwIfAborted();
      if (this.#closed) throw new Error("The database is closed.");
      // The caller knows the columns of its query.
      return (await this.#ask({ sql, params }, signal)) as Row[];
    });
    return signal ? unlessAborted(rows, signal) : rows;
  }

  close(): Promise<void> {
    this.#closed = true;
    return this.#inTurn(() => this.#end());
  }

  async #ask(question: Question, signal: AbortSignal | undefined): Promise<unknown[]> {
    clearTimeout(this.#quiet);
    if (!this.#thread?.alive) this.#thread = new Thread(this.#file);
    const thread = this.#thread;
    const reply = thread.ask(question);
    if (signal && !(await isAnswered(reply, signal))) {
      thread.end();
      throw signal.reason;
    }
    this.#quiet = setTimeout(() => void this.#inTurn(() => this.#end()), IDLE_MS);
    this.#quiet.unref();
    const answer = await reply;
    if ("fault" in answer) throw new Error(answer.fault);
    return answer.rows;
  }

  async #end(): Promise<void> {
    clearTimeout(this.#quiet);
    // SQLite deletes its files with the last connection.
    if (this.#thread?.alive) await this.#thread.ask();
    this.#thread?.end();
    this.#thread = undefined;
  }
}

async function isAnswered(reply: Promise<unknown>, signal: AbortSignal): Promise<boolean> {
  const late = Promise.withResolvers<false>();
  let timer: Timer | undefined;
  const leave = () => {
    timer = setTimeout(late.resolve, ABANDONED_MS, false);
  };
  signal.addEventListener("abort", leave, { once: true });
  try {
    return await Promise.race([reply.then(() => true), late.promise]);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener("abort", leave);
  }
}

/** One query at a time, so the next message is the reply. */
class Thread {
  readonly #file: string;
  readonly #worker: Worker;
  #reply: ((reply: Reply) => void) | undefined;
  alive = true;

  constructor(file: string) {
    this.#file = file;
    const url = URL.createObjectURL(new Blob([READ], { type: "text/javascript" }));
    this.#worker = new Worker(url, { ref: false });
    this.#worker.onmessage = ({ data }: MessageEvent<Reply>) => this.#reply?.(data);
    this.#worker.onerror = ({ message }) => this.#died(message);
    this.#worker.addEventListener("close", () => this.#died("its thread has ended"));
  }

  /** Resolves even if the thread dies. Without a question it closes its database. */
  ask(question?: Question): Promise<Reply> {
    return new Promise((resolve) => {
      this.#reply = resolve;
      this.#worker.postMessage({ file: this.#file, question });
    });
  }

  end(): void {
    this.alive = false;
    this.#worker.terminate();
  }

  #died(why: string): void {
    if (!this.alive) return;
    this.end();
    this.#reply?.({ fault: `The search could not be read: ${why}.` });
  }
}
