import type { SQL } from "drizzle-orm";
import { SQLiteSyncDialect } from "drizzle-orm/sqlite-core";
import { serialQueue, unlessAborted } from "~/shared/promises";
import type { Drizzle } from "./open";

/** Reads in a thread of its own, since SQLite blocks the process while it reads. */
export interface Reader {
  /**
   * The rows, as of the last commit. Rejects if SQLite does, if the reader is closed, and at once when the signal
   * aborts: what is queued is then not read at all. SQLite cannot be interrupted from another thread, so what is
   * being read goes on, but holds up others for a moment only.
   */
  all<Row>(query: SQL, signal?: AbortSignal): Promise<Row[]>;
  /** Lets what is being read come to its end; what is queued is refused. */
  close(): Promise<void>;
}

interface Question {
  sql: string;
  params: unknown[];
}

type Reply = { rows: unknown[] } | { fault: string };

/** An idle thread is ended after this, to free its memory. */
const QUIET_MS = 60_000;
/** A thread that reads on for so long after nobody wants its answer is replaced. It ends behind its statement. */
const ABANDONED_MS = 1_000;

/** As text, so that it needs no file of its own beside the server or in the executable. */
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

/** A reader of the file of `db`; the thread starts with the first question. */
export function readerOf(db: Drizzle): Reader {
  const file = db.$client.filename;
  // A database in memory can only be read through its own connection.
  if (file === "" || file === ":memory:") {
    return { all: async <Row>(query: SQL) => db.all<Row>(query), close: async () => {} };
  }
  return new ThreadReader(file);
}

/** The reader of a file. Its thread is made anew if it has died; only what it was asked last is lost. */
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
      // The caller knows what the columns of its query are.
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
    this.#quiet = setTimeout(() => void this.#inTurn(() => this.#end()), QUIET_MS);
    this.#quiet.unref();
    const answer = await reply;
    if ("fault" in answer) throw new Error(answer.fault);
    return answer.rows;
  }

  async #end(): Promise<void> {
    clearTimeout(this.#quiet);
    // An open connection would keep SQLite from tidying up behind the last one.
    if (this.#thread?.alive) await this.#thread.ask();
    this.#thread?.end();
    this.#thread = undefined;
  }
}

/** Waits for a reply, but not for long once the signal has aborted: then it is false. */
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

/** A thread with one question at a time, so that its next message is the reply. */
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

  /** Resolves with the reply, also if the thread dies over the question. Without one it closes its database. */
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
