import type { Db, OwnerDb } from "~/db/db";
import { ParleyError, StorageError } from "~/errors";
import type { PdfReader } from "~/files/pdf";
import type { Log } from "~/log.server";
import { retrySave } from "~/shared/promises";
import { BadFile } from "./bad-file";
import { FileImport, type ImportNote, shortened } from "./import-file";
import { mayBeSource } from "./source";

interface Options {
  db: Db;
  readPdf: PdfReader;
  log: Log;
}

/** Imports files of conversations in the background, one at a time for each owner. */
export class Imports {
  readonly #options: Options;
  readonly #running = new Map<string, Promise<void>>();
  readonly #shutdown = new AbortController();

  constructor(options: Options) {
    this.#options = options;
  }

  /** Starts an import and returns its id; throws ParleyError if the file is unusable or another import of the owner runs. */
  async start(ownerId: string, { name, bytes }: { name: string; bytes: Buffer }): Promise<string> {
    refuseUnusable(bytes);
    if (this.#running.has(ownerId)) throw alreadyRunning();
    const { db, log } = this.#options;
    const own = db.of(ownerId);
    const id = Bun.randomUUIDv7();
    const recorded = own.imports.add({ id, fileName: shortened(name), createdAt: Date.now() });
    // Set before the first await, so that a simultaneous call is refused.
    this.#running.set(
      ownerId,
      recorded
        .then(() => this.#run(own, id, bytes))
        .catch((error) => log.error("an import was not recorded", { error, import: id }))
        .finally(() => this.#running.delete(ownerId)),
    );
    await recorded;
    return id;
  }

  /** Marks imports that a crash ended as interrupted. */
  async recover(): Promise<void> {
    const { recovery } = this.#options.db.upkeep;
    await recovery.discardImported();
    await recovery.interruptImports(Date.now());
  }

  /** Ends running imports after their current conversation. */
  async close(): Promise<void> {
    this.#shutdown.abort();
    await Promise.all(this.#running.values());
  }

  async #run(own: OwnerDb, id: string, bytes: Buffer): Promise<void> {
    const { readPdf, log } = this.#options;
    const { signal: giveUp } = this.#shutdown;
    const note = (state: ImportNote) => own.imports.note(id, state);
    const file = new FileImport({ db: own, readPdf, giveUp }, note);
    const result = await file.run(bytes).then(
      () => ({ state: giveUp.aborted ? ("interrupted" as const) : ("finished" as const) }),
      (error) => ({ ...this.#problemOf(error), state: "failed" as const }),
    );
    // Retried while the disk is full: the page polls until the import has ended.
    const end = { ...file.progress(), ...result, endedAt: Date.now() };
    await retrySave(() => note(end), giveUp);
    log.info("import ended", { import: id, done: file.done, added: file.added });
  }

  #problemOf(error: unknown): { errorCode: string; errorDetail: string } {
    if (error instanceof BadFile || error instanceof StorageError) {
      return { errorCode: error.code, errorDetail: error.message };
    }
    const fault = Bun.randomUUIDv7();
    this.#options.log.error("import failed", { id: fault, error });
    return { errorCode: "own-fault", errorDetail: fault };
  }
}

function refuseUnusable(bytes: Buffer): void {
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

function alreadyRunning(): ParleyError {
  return new ParleyError("import-running", "Another import is still going on.", {
    kind: "conflict",
    next: "Wait until it has ended, then send the file again.",
  });
}
