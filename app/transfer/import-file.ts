import type { OwnerDb } from "~/db/db";
import type { Skipped } from "~/db/imports";
import { IMPORTED_CONVERSATIONS } from "~/limits";
import { yielder } from "~/shared/in-steps";
import { BadFile, LeftOut } from "./bad-file";
import { counted } from "./imported";
import { readConversation, UnknownFormat } from "./read-conversation";
import { openSource, type Source } from "./source";
import { type ImportTarget, writeImported } from "./write-imported";

const MAX_REPORT_LINES = 1_000;
const NOTED_EVERY_MS = 250;
const SHORTENED_CHARACTERS = 120;

export type ImportNote = Parameters<OwnerDb["imports"]["note"]>[1];

/** The import of one file; `progress` is valid at any time, also after a failure. */
export class FileImport {
  done = 0;
  added = 0;
  readonly #target: Omit<ImportTarget, "source">;
  readonly #note: (note: ImportNote) => Promise<void>;
  #unknown = 0;
  #skipped: Skipped[] = [];

  constructor(target: Omit<ImportTarget, "source">, note: (note: ImportNote) => Promise<void>) {
    this.#target = target;
    this.#note = note;
  }

  /** Imports the file until it ends or `giveUp` is aborted; throws BadFile if the file is unusable. */
  async run(bytes: Buffer): Promise<void> {
    const source = await openSource(bytes);
    await this.#note({ total: await this.#count(source) });
    const yieldIfDue = yielder();
    let noted = performance.now();
    for await (const json of source.elements()) {
      if (this.#target.giveUp.aborted) return;
      await this.#importOne(json, source);
      await yieldIfDue();
      if (performance.now() - noted < NOTED_EVERY_MS) continue;
      await this.#note(this.progress());
      noted = performance.now();
    }
    if (this.#unknown < this.done) return;
    const sentence = "Nothing in the file is a conversation of Parley, ChatGPT or Open WebUI.";
    throw new BadFile("unknown-format", sentence);
  }

  progress(): { done: number; added: number; skipped: Skipped[] } {
    return { done: this.done, added: this.added, skipped: this.#skipped };
  }

  async #count(source: Source): Promise<number> {
    const yieldIfDue = yielder();
    let total = 0;
    for await (const _ of source.elements()) {
      if (this.#target.giveUp.aborted) break;
      if (++total > IMPORTED_CONVERSATIONS) throw tooMany();
      await yieldIfDue();
    }
    if (total === 0) throw new BadFile("no-conversations", "There is no conversation in the file.");
    return total;
  }

  /** Throws only if the whole import must end. */
  async #importOne(json: Uint8Array, source: Source): Promise<void> {
    let title = `No. ${this.done + 1}`;
    try {
      const imported = await readConversation(json);
      title = shortened(imported.title);
      const { lostFiles } = await writeImported({ ...this.#target, source }, imported);
      this.added++;
      const without = [...imported.without, ...counted(lostFiles, "file")];
      this.#report(without.map((what) => ({ title, reason: `Taken without ${what}.` })));
    } catch (error) {
      if (!(error instanceof LeftOut)) throw error;
      if (error instanceof UnknownFormat) this.#unknown++;
      this.#report([{ title, reason: error.message }]);
    }
    this.done++;
  }

  #report(lines: readonly Skipped[]): void {
    this.#skipped.push(...lines.slice(0, MAX_REPORT_LINES - this.#skipped.length));
  }
}

function tooMany(): BadFile {
  const most = IMPORTED_CONVERSATIONS.toLocaleString("en");
  return new BadFile("too-many", `There are more than ${most} conversations in the file.`);
}

/** A title or name, shortened to fit a line of a report; never empty. */
export function shortened(text: string): string {
  const line = text
    .slice(0, 4 * SHORTENED_CHARACTERS)
    .replace(/[\s\p{Cc}]+/gu, " ")
    .trim();
  const characters = [...line.toWellFormed()];
  return characters.length > SHORTENED_CHARACTERS
    ? `${characters.slice(0, SHORTENED_CHARACTERS).join("")}…`
    : characters.join("") || "Untitled";
}
