import { Database } from "bun:sqlite";
import type { RunningParley } from "../process";
import type { Ledger } from "./ledger";

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
export class Client {
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

const PATIENCE_MS = 20_000;

interface Import {
  state: string;
  added: number;
}

/**
 * Takes a conversation out as a file and in again as another one, whose prompts are of words of their own.
 * What was taken in is there; what is refused, or comes where Parley is killed, is not, or not in part.
 */
export async function importCopy(
  client: Client,
  ledger: Ledger,
  conversation: string,
): Promise<void> {
  const page = await client.get(`/conversations/${conversation}.json`);
  if (page?.status !== 200) return;
  const file = JSON.parse(page.text) as {
    id: string;
    importedFrom?: string;
    messages: { role: string; content: string }[];
  };
  file.id = Bun.randomUUIDv7();
  delete file.importedFrom;
  const prompts = file.messages.filter(({ role }) => role === "user");
  for (const prompt of prompts) prompt.content = ledger.words("Copy");
  const form = new FormData();
  form.set("file", new File([JSON.stringify(file)], "copy.json", { type: "application/json" }));
  const status = await client.post("import", "/imports", form);
  const came = status === 303 ? await ended(client, file.id) : undefined;
  const taken =
    status !== undefined && status !== 303 ? status : came === "added" ? 303 : undefined;
  for (const { content } of prompts) ledger.answered(content, taken);
  if (came === "refused") client.fault(`the copy of ${conversation} was not taken in`);
}

/** What became of the newest import; undefined where Parley is killed meanwhile. */
async function ended(client: Client, origin: string): Promise<"added" | "refused" | undefined> {
  for (const patience = Date.now() + PATIENCE_MS; Date.now() < patience; await Bun.sleep(20)) {
    const [newest] = client.rows<Import>(
      "select state, added from imports order by id desc limit 1",
    );
    const [here] = client.rows(
      "select 1 from conversations where imported_from = ?",
      `parley:${origin}`,
    );
    if (here && newest?.state !== "running") return "added";
    if (newest?.state === "interrupted") return undefined;
    if (newest?.state === "failed" || newest?.state === "finished") return "refused";
  }
  return undefined;
}
