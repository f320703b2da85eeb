import type { SQL } from "drizzle-orm";
import { SQLiteSyncDialect } from "drizzle-orm/sqlite-core";
import { serialQueue } from "~/shared/serial";
import type { Drizzle } from "./open";

/** Reads in a thread of its own, since SQLite blocks the process while it reads. */
export interface Reader {
  /** The rows as of the last commit. Rejects if SQLite fails or the reader is closed. */
  all<Row>(query: SQL): Promise<Row[]>;
  /** Waits for the current read; queued ones are rejected. */
  close(): Promise<void>;
}

interface Question {
  sql: string;
  params: unknown[];
}

type Reply = { rows: unknown[] } | { fault: string };

/** An idle thread is ended after this, to free its memory. */
const QUIET_MS = 60_000;

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
  return inThread(file);
}

function inThread(file: string): Reader {
  const dialect = new SQLiteSyncDialect();
  let thread: Thread | undefined;
  let quiet: Timer | undefined;
  let closed = false;
  const inTurn = serialQueue();

  const ask = async (question: Question): Promise<unknown[]> => {
    clearTimeout(quiet);
    // A dead thread is replaced; only its last question is lost.
    if (!thread?.alive) thread = new Thread(file);
    const reply = await thread.ask(question);
    quiet = setTimeout(() => void inTurn(end), QUIET_MS);
    quiet.unref();
    if ("fault" in reply) throw new Error(reply.fault);
    return reply.rows;
  };

  const end = async () => {
    clearTimeout(quiet);
    // An open connection would keep SQLite from deleting its log.
    if (thread?.alive) await thread.ask();
    thread?.end();
    thread = undefined;
  };

  return {
    all: async <Row>(query: SQL) => {
      const { sql, params } = dialect.sqlToQuery(query);
      return inTurn(async () => {
        if (closed) throw new Error("The database is closed.");
        return (await ask({ sql, params })) as Row[];
      });
    },
    close() {
      closed = true;
      return inTurn(end);
    },
  };
}

/** A thread with one question at a time, so that its next message is the reply. */
class Thread {
  readonly #file: string;
  readonly #worker: Worker;
  #reply: ((reply: Reply) => void) | undefined;
  /** False once it has failed or ended. */
  alive = true;

  constructor(file: string) {
    this.#file = file;
    const url = URL.createObjectURL(new Blob([READ], { type: "text/javascript" }));
    this.#worker = new Worker(url, { ref: false });
    this.#worker.onmessage = ({ data }: MessageEvent<Reply>) => this.#reply?.(data);
    this.#worker.onerror = ({ message }) => this.#died(message);
    this.#worker.addEventListener("close", () => this.#died("its thread has ended"));
  }

  /** Resolves even if the thread dies. Without a question the thread closes its database. */
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
