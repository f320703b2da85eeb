import type { Db, OwnerDb } from "~/db/db";
import type { Skipped } from "~/db/imports";
import { ParleyError, StorageError } from "~/errors";
import type { PdfReader } from "~/files/pdf";
import { IMPORTED_CONVERSATIONS } from "~/limits";
import type { Log } from "~/log.server";
import { yielder } from "~/shared/in-steps";
import { retrySave } from "~/shared/retry-save";
import { BadFile, LeftOut } from "./bad-file";
import { counted } from "./draft";
import { readConversation, UnknownShape } from "./read-conversation";
import { mayBeSource, openSource, type Source } from "./source";
import { writeDraft } from "./write-draft";

export interface Imports {
  /**
   * Takes a file over and gives the id of its import, which then goes on by itself. Throws a ParleyError for
   * what cannot be a file of conversations, and while another import of this owner goes on.
   */
  start(ownerId: string, file: { name: string; bytes: Buffer }): Promise<string>;
  /** After a crash: what was going on counts as interrupted. */
  recover(): Promise<void>;
  /** Ends what is going on between two conversations. */
  close(): Promise<void>;
}

/** A report with more lines than this nobody reads; the page says how many there are. */
const MOST_TOLD = 1_000;
const NOTED_EVERY_MS = 250;
const LONGEST_TOLD = 120;

/** Takes in files of conversations, beside everything else that goes on. */
export function createImports(options: { db: Db; readPdf: PdfReader; log: Log }): Imports {
  const { db, readPdf, log } = options;
  const running = new Map<string, Promise<void>>();
  const shutdown = new AbortController();

  async function run(own: OwnerDb, id: string, bytes: Buffer): Promise<void> {
    const report = new Report();
    try {
      const source = await openSource(bytes);
      const total = await count(source);
      await own.imports.note(id, { total });
      await takeIn(own, id, source, report);
      await end(own, id, report, { state: shutdown.signal.aborted ? "interrupted" : "finished" });
    } catch (error) {
      await end(own, id, report, { ...problemOf(error), state: "failed" });
    }
    const { done, added } = report;
    log.info("import ended", { import: id, done, added });
  }

  /** Saves the report, if need be once there is room for it: without an end the page would wait for ever. */
  function end(own: OwnerDb, id: string, report: Report, how: ImportResult): Promise<void> {
    const whole = { ...report.progress(), ...how, endedAt: Date.now() };
    return retrySave(() => own.imports.note(id, whole), shutdown.signal);
  }

  async function count(source: Source): Promise<number> {
    const yieldIfDue = yielder();
    let total = 0;
    for await (const _ of source.elements()) {
      if (shutdown.signal.aborted) break;
      if (++total > IMPORTED_CONVERSATIONS) throw tooMany();
      await yieldIfDue();
    }
    if (total === 0) throw new BadFile("no-conversations", "There is no conversation in the file.");
    return total;
  }

  async function takeIn(own: OwnerDb, id: string, source: Source, report: Report): Promise<void> {
    const yieldIfDue = yielder();
    let noted = performance.now();
    for await (const json of source.elements()) {
      if (shutdown.signal.aborted) return;
      await report.of(() => takeOne(own, json, source));
      await yieldIfDue();
      if (performance.now() - noted < NOTED_EVERY_MS) continue;
      await own.imports.note(id, report.progress());
      noted = performance.now();
    }
    if (report.unknown === report.done) {
      throw new BadFile(
        "unknown-format",
        "Nothing in the file is a conversation of Parley, ChatGPT or Open WebUI.",
      );
    }
  }

  /** Gives what is to be told of a conversation, if anything. */
  async function takeOne(own: OwnerDb, json: Uint8Array, source: Source): Promise<Outcome> {
    const draft = await readConversation(json);
    const title = shortened(draft.title);
    const without = [...draft.without];
    try {
      const { lostFiles } = await writeDraft(
        { db: own, readPdf, source, giveUp: shutdown.signal },
        draft,
      );
      without.push(...counted(lostFiles, "file"));
    } catch (error) {
      if (!(error instanceof LeftOut)) throw error;
      return { added: false, told: [{ title, reason: error.message }] };
    }
    return {
      added: true,
      told: without.map((what) => ({ title, reason: `Taken without ${what}.` })),
    };
  }

  function problemOf(error: unknown): { errorCode: string; errorDetail: string } {
    if (error instanceof BadFile || error instanceof StorageError) {
      return { errorCode: error.code, errorDetail: error.message };
    }
    const fault = Bun.randomUUIDv7();
    log.error("import failed", { id: fault, error });
    return { errorCode: "own-fault", errorDetail: fault };
  }

  return {
    async start(ownerId, { name, bytes }) {
      refuse(bytes);
      if (running.has(ownerId)) {
        throw new ParleyError("import-running", "Another import is still going on.", {
          kind: "conflict",
          next: "Wait until it has ended, then send the file again.",
        });
      }
      const id = Bun.randomUUIDv7();
      const own = db.of(ownerId);
      const begun = own.imports.add({
        id,
        fileName: shortened(name),
        createdAt: Date.now(),
      });
      // Before anything is awaited, or two that come at once would both find nobody at work.
      running.set(
        ownerId,
        begun
          .then(() => run(own, id, bytes))
          .catch((error) => log.error("an import was not recorded", { error, import: id }))
          .finally(() => running.delete(ownerId)),
      );
      await begun;
      return id;
    },

    async recover() {
      await db.upkeep.conversations.giveUpImported();
      await db.upkeep.imports.interrupt(Date.now());
    },

    async close() {
      shutdown.abort();
      await Promise.all(running.values());
    },
  };
}

/** How an import ended, beside what it has done. */
type ImportResult = Parameters<OwnerDb["imports"]["note"]>[1];

interface Outcome {
  added: boolean;
  told: Skipped[];
}

/** What came of the conversations so far. */
class Report {
  done = 0;
  added = 0;
  unknown = 0;
  #told: Skipped[] = [];

  /** Takes one in and notes what came of it; throws what is no matter of this one alone. */
  async of(takeOne: () => Promise<Outcome>): Promise<void> {
    try {
      const { added, told } = await takeOne();
      if (added) this.added++;
      this.#tell(told);
    } catch (error) {
      if (!(error instanceof LeftOut)) throw error;
      if (error instanceof UnknownShape) this.unknown++;
      this.#tell([{ title: `No. ${this.done + 1}`, reason: error.message }]);
    }
    this.done++;
  }

  progress(): { done: number; added: number; skipped: Skipped[] } {
    return { done: this.done, added: this.added, skipped: this.#told };
  }

  #tell(told: readonly Skipped[]): void {
    this.#told.push(...told.slice(0, MOST_TOLD - this.#told.length));
  }
}

function refuse(bytes: Buffer): void {
  if (bytes.length === 0) {
    throw new ParleyError("no-file", "No file was chosen, or it is empty.", {
      kind: "invalid",
      next: "Choose a file, then send it.",
    });
  }
  if (!mayBeSource(bytes)) {
    throw new ParleyError("unknown-format", "The file is neither JSON nor a zip archive.", {
      kind: "invalid",
      next: "Choose an export of Parley, ChatGPT or Open WebUI as it was downloaded.",
    });
  }
}

function tooMany(): BadFile {
  const most = IMPORTED_CONVERSATIONS.toLocaleString("en");
  return new BadFile("too-many", `There are more than ${most} conversations in the file.`);
}

function shortened(text: string): string {
  const line = text
    .slice(0, 4 * LONGEST_TOLD)
    .replace(/[\s\p{Cc}]+/gu, " ")
    .trim();
  const characters = [...line.toWellFormed()];
  return characters.length > LONGEST_TOLD
    ? `${characters.slice(0, LONGEST_TOLD).join("")}…`
    : characters.join("") || "Untitled";
}
