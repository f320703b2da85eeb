import type { Db } from "~/db/db";
import type { LiveAnswer } from "./live-answer";

/** `kill -9` costs at most what was written in this time. */
const BATCH_MS = 200;

/** Writes what answers gain to the database: batched, appended, all generations in one transaction. */
export class Recorder {
  readonly #db: Db;
  readonly #onFault: (error: unknown) => void;
  readonly #waiting = new Set<LiveAnswer>();
  readonly #seq = new WeakMap<LiveAnswer, number>();
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** A fault (a full disk) keeps the text in memory for the next try. */
  constructor(db: Db, onFault: (error: unknown) => void) {
    this.#db = db;
    this.#onFault = onFault;
  }

  /** Says that this answer has text that is not in the database yet. */
  note(answer: LiveAnswer): void {
    this.#waiting.add(answer);
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.flush().catch((error) => {
        this.#onFault(error);
        for (const left of this.#waiting) this.note(left);
      });
    }, BATCH_MS);
  }

  /** Writes everything that is waiting, now; throws where the database does. */
  async flush(): Promise<void> {
    const answers = [...this.#waiting].filter(
      ({ unrecorded }) => unrecorded.thinking !== "" || unrecorded.content !== "",
    );
    await this.#db.generations.append(
      answers.map((answer) => ({
        ownerId: answer.ids.ownerId,
        generationId: answer.ids.generationId,
        seq: this.#seq.get(answer) ?? 0,
        ...answer.unrecorded,
      })),
    );
    this.#waiting.clear();
    for (const answer of answers) {
      this.#seq.set(answer, (this.#seq.get(answer) ?? 0) + 1);
      answer.unrecorded = { thinking: "", content: "" };
    }
  }
}
