import { GrowingText } from "~/markdown/growing-text";
import { GrowingMarkdown } from "~/markdown/incremental";

export interface LiveAnswerIds {
  generationId: string;
  ownerId: string;
  conversationId: string;
  messageId: string;
  model: string;
}

/** Text of both kinds. */
export interface Written {
  thinking: string;
  content: string;
}

/**
 * Where a generation stands, from real events only. `asked`: the host has the prompt and says nothing yet;
 * `loading`: because it loads the model. Seconds count since it was asked. `busy`: it would not take the prompt.
 */
export type LiveStatus =
  | { state: "queued"; place: number; busy?: boolean }
  | { state: "loading"; model: string; seconds: number }
  | { state: "asked"; model: string; seconds: number }
  | { state: "thinking" }
  | { state: "writing" };

/** At most 20 updates a second for one answer. */
const SHORTEST_MS = 50;
/** Past this the text would come in visible jerks. */
const LONGEST_MS = 1_000;
/** An update may take one part in this many of the time until the next one. */
const SHARE = 10;
/** Of all answers together, so that many at once stay smooth. */
const UPDATES_A_SECOND = 4_000;

/** How often answers are shown anew: one for all answers of a process. */
export class Pace {
  /** How many answers are being written. */
  running = 0;

  /** Milliseconds between two updates of an answer whose last update took `cost` milliseconds. */
  interval(cost: number): number {
    const fair = (this.running * 1_000) / UPDATES_A_SECOND;
    return Math.min(LONGEST_MS, Math.max(SHORTEST_MS, fair, cost * SHARE));
  }
}

/**
 * An answer while it is being written: one text in memory that all readers share. A reader keeps its own
 * place in it and waits for the next version, so a slow reader costs a number and delays nobody.
 */
export class LiveAnswer {
  readonly ids: LiveAnswerIds;
  /** Parses nothing while nobody reads, so an answer without readers costs its text. */
  readonly markdown = new GrowingMarkdown();
  /** The reasoning so far. */
  readonly thinking = new GrowingText();
  /** Rises with everything that a reader could show. */
  version = 0;
  /** True once the end is in the database. */
  ended = false;
  status: LiveStatus = { state: "queued", place: 1 };
  /** Why what was written cannot be saved for now; undefined while it is saved. */
  unsaved: string | undefined;

  readonly #pace: Pace;
  readonly #readers = new Set<() => void>();
  /** How much of each text is in the database. */
  readonly #recorded: { thinking: number; content: number };
  #lastPublished = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #cost = 0;

  /** `begun` is what an earlier generation of the same answer left (Continue). */
  constructor(ids: LiveAnswerIds, pace: Pace, begun: Written = { thinking: "", content: "" }) {
    this.ids = ids;
    this.#pace = pace;
    this.thinking.add(begun.thinking);
    this.markdown.append(begun.content);
    this.markdown.settle();
    this.#recorded = { thinking: begun.thinking.length, content: begun.content.length };
  }

  write(kind: "thinking" | "content", text: string): void {
    if (kind === "thinking") this.thinking.add(text);
    else this.markdown.append(text);
    const state = kind === "thinking" ? "thinking" : "writing";
    const begins = this.status.state !== state;
    if (begins) this.status = { state };
    this.#touch(begins);
  }

  /** What the database does not have yet. */
  unrecorded(): Written {
    return {
      thinking: this.thinking.slice(this.#recorded.thinking),
      content: this.markdown.source.slice(this.#recorded.content),
    };
  }

  /** Says that the database now has what `unrecorded` gave. */
  recorded({ thinking, content }: Written): void {
    this.#recorded.thinking += thinking.length;
    this.#recorded.content += content.length;
  }

  setStatus(status: LiveStatus): void {
    this.status = status;
    this.#touch();
  }

  setUnsaved(reason: string | undefined): void {
    if (this.unsaved === reason) return;
    this.unsaved = reason;
    this.#touch();
  }

  /** Publishes the last version: readers wake and see `ended`. */
  end(): void {
    this.ended = true;
    clearTimeout(this.#timer);
    this.#publish();
  }

  /**
   * Resolves when there is something newer than `seen`, when the signal aborts, or after `ms` at the
   * latest, which is when a connection wants a sign of life.
   */
  async changed(seen: number, signal: AbortSignal, ms: number): Promise<void> {
    if (this.version !== seen || this.ended || signal.aborted) return;
    await new Promise<void>((resolve) => {
      const wake = () => {
        clearTimeout(timer);
        signal.removeEventListener("abort", wake);
        this.#readers.delete(wake);
        resolve();
      };
      const timer = setTimeout(wake, ms);
      signal.addEventListener("abort", wake);
      this.#readers.add(wake);
    });
  }

  /** Brings the blocks up to date, a part at a time: for a reader that has just come. */
  settle(): void {
    if (this.markdown.settle() && !this.ended) this.#touch();
  }

  /** `begins`: the first word does not wait for the pace of what was shown before it. */
  #touch(begins = false): void {
    if (this.#timer !== undefined && !begins) return;
    clearTimeout(this.#timer);
    const due = begins ? 0 : this.#lastPublished + this.#pace.interval(this.#cost);
    // Even the first chunk waits for the end of this turn of the loop, since more often follows in it.
    this.#timer = setTimeout(() => this.#publish(), Math.max(0, due - performance.now()));
  }

  #publish(): void {
    this.#timer = undefined;
    const begun = performance.now();
    this.version++;
    if (this.#readers.size > 0) {
      this.settle();
      for (const wake of [...this.#readers]) wake();
    }
    this.#lastPublished = performance.now();
    this.#cost = this.#lastPublished - begun;
  }
}
