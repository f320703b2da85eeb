import { Database } from "bun:sqlite";
import type { RunningParley } from "../process";

/** What was done and what was found; `faults` names the step after which it was seen. */
export interface Played {
  faults: string[];
  steps: string[];
  /** How often each kind of step was taken with a 303. */
  taken: Map<string, number>;
}

/** Statuses that say what may be said to such a form; anything else is a fault. */
const EXPECTED = new Set([303, 404, 409, 422, 503]);

/** Sends forms to the Parley that runs now, and reads the database beside it. */
export class Desk {
  readonly played: Played = { faults: [], steps: [], taken: new Map() };
  readonly #parley: () => RunningParley;
  readonly #file: string;

  constructor(parley: () => RunningParley, file: string) {
    this.#parley = parley;
    this.#file = file;
  }

  /** The status of a form's answer; undefined where Parley was killed before it gave one. */
  async post(
    kind: string,
    path: string,
    fields: Record<string, string> | FormData = {},
  ): Promise<number | undefined> {
    const body = fields instanceof FormData ? fields : new URLSearchParams(fields);
    const headers = { Cookie: "parley-script=1" };
    const response = await this.#parley()
      .fetch(path, { method: "POST", body, headers })
      .catch(() => undefined);
    const status = response?.status;
    void response?.body?.cancel();
    this.played.steps.push(`${kind} ${path} ${status ?? "killed"}`);
    if (status === 303) this.count(kind);
    if (status !== undefined && !EXPECTED.has(status)) {
      this.fault(`${kind} ${path} was answered with ${status}`);
    }
    return status;
  }

  /** A page, or undefined where Parley was killed before it was there. */
  async get(path: string): Promise<{ status: number; text: string } | undefined> {
    try {
      const response = await this.#parley().fetch(path);
      return { status: response.status, text: await response.text() };
    } catch {
      return undefined;
    }
  }

  /** Notes that something was done. */
  count(kind: string): void {
    this.played.taken.set(kind, (this.played.taken.get(kind) ?? 0) + 1);
  }

  /** Notes that something is wrong. */
  fault(words: string): void {
    this.played.faults.push(words);
  }

  /** Rows of the database as it is. */
  rows<Row>(query: string, ...values: string[]): Row[] {
    return this.withDatabase((db) => db.query<Row, string[]>(query).all(...values));
  }

  /** Gives the database to what looks at it, or changes what only time can change. */
  withDatabase<Result>(use: (db: Database) => Result): Result {
    const db = new Database(this.#file);
    try {
      db.run("pragma busy_timeout = 5000");
      return use(db);
    } finally {
      db.close();
    }
  }
}
