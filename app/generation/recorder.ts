import type { Db } from "~/db/db";
import type { NewChunk } from "~/db/upkeep/generations";
import { StorageError } from "~/errors";
import { serialQueue } from "~/shared/promises";
import type { LiveAnswer, Written } from "./live-answer";

/** A crash loses at most what was written in this time. */
const BATCH_MS = 200;
const MOST_WAIT_MS = 5_000;

/** Writes new text of answers to the database: batched, appended, all generations in one transaction. */
export class Recorder {
  readonly #db: Db;
  readonly #onFault: (error: unknown) => void;
  readonly #pending = new Set<LiveAnswer>();
  readonly #seq = new WeakMap<LiveAnswer, number>();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #wait = BATCH_MS;
  readonly #inTurn = serialQueue();

  /** `onFault` is not called for storage errors, which the storage itself reports. */
  constructor(db: Db, onFault: (error: unknown) => void) {
    this.#db = db;
    this.#onFault = onFault;
  }

  note(answer: LiveAnswer): void {
    this.#pending.add(answer);
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.flush().catch((error) => {
        if (!(error instanceof StorageError)) this.#onFault(error);
      });
    }, this.#wait);
  }

  /** Writes pending text of one answer or of all; throws what the database throws. */
  flush(only?: LiveAnswer): Promise<void> {
    // A failed batch must be back in the queue before the next one is taken.
    return this.#inTurn(() => this.#write(only));
  }

  async #write(only: LiveAnswer | undefined): Promise<void> {
    const answers = only ? [only] : [...this.#pending];
    for (const answer of answers) this.#pending.delete(answer);
    const taken = answers
      .map((answer) => ({ answer, written: answer.unrecorded() }))
      .filter(({ written }) => written.thinking !== "" || written.content !== "");
    try {
      await this.#db.upkeep.generations.append(taken.map((one) => this.#row(one)));
      if (taken.length > 0) this.#wait = BATCH_MS;
      for (const { answer, written } of taken) {
        answer.recorded(written);
        answer.setUnsaved(undefined);
      }
    } catch (error) {
      this.#wait = Math.min(2 * this.#wait, MOST_WAIT_MS);
      for (const { answer } of taken) {
        if (error instanceof StorageError) answer.setUnsaved(error.reason);
        this.note(answer);
      }
      throw error;
    }
  }

  #row({ answer, written }: { answer: LiveAnswer; written: Written }): NewChunk {
    const seq = this.#seq.get(answer) ?? 0;
    this.#seq.set(answer, seq + 1);
    const { ownerId, generationId } = answer.ids;
    return { ownerId, generationId, seq, ...written };
  }
}
