import { GrowingText } from "~/markdown/growing-text";
import { GrowingMarkdown } from "~/markdown/incremental";

export interface LiveAnswerIds {
  generationId: string;
  ownerId: string;
  conversationId: string;
  messageId: string;
  model: string;
}

export interface Written {
  thinking: string;
  content: string;
}

/**
 * From real events only. `asked`: the host has the prompt and has not responded; `loading`: because it loads the model
 * (seconds since it was asked); `busy`: it refused the prompt.
 */
export type LiveStatus =
  | { state: "queued"; place: number; busy?: boolean }
  | { state: "loading"; model: string; seconds: number }
  | { state: "asked"; model: string; seconds: number }
  | { state: "thinking" }
  | { state: "writing" };

const SHORTEST_MS = 50;
/** With longer pauses the text would jerk. */
const LONGEST_MS = 1_000;
/** An update may take this fraction of the time until the next. */
const SHARE = 10;
/** Of all answers together. */
const UPDATES_A_SECOND = 4_000;

/** How often live answers are updated; one for the process. */
export class Pace {
  /** Live answers. */
  running = 0;

  /** Milliseconds between two updates of an answer whose last one took `cost` milliseconds. */
  interval(cost: number): number {
    const fair = (this.running * 1_000) / UPDATES_A_SECOND;
    return Math.min(LONGEST_MS, Math.max(SHORTEST_MS, fair, cost * SHARE));
  }
}

/**
 * An answer while it is written: one text in memory for all readers. A reader keeps an offset and waits for the next
 * version, so slow readers are cheap and delay nobody.
 */
export class LiveAnswer {
  readonly ids: LiveAnswerIds;
  /** Parses nothing without readers. */
  readonly markdown = new GrowingMarkdown();
  readonly thinking = new GrowingText();
  /** Changes with everything that readers show. */
  version = 0;
  /** True once the end is in the database. */
  ended = false;
  status: LiveStatus = { state: "queued", place: 1 };
  /** Why the text cannot be saved for now. */
  unsaved: string | undefined;

  readonly #pace: Pace;
  readonly #readers = new Set<() => void>();
  readonly #recorded: { thinking: number; content: number };
  #lastPublished = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #cost = 0;

  /** `begun` is the text of an earlier generation of the same answer (Continue). */
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

  /** The text that is not in the database yet. */
  unrecorded(): Written {
    return {
      thinking: this.thinking.slice(this.#recorded.thinking),
      content: this.markdown.source.slice(this.#recorded.content),
    };
  }

  /** The database now has what `unrecorded` returned. */
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

  /** Publishes the last version. */
  end(): void {
    this.ended = true;
    clearTimeout(this.#timer);
    this.#publish();
  }

  /**
   * Resolves when there is a version newer than `seen`, when the signal aborts, or after `ms`, when a connection needs
   * a sign of life.
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

  /** Parses in parts, for a new reader. */
  settle(): void {
    if (this.markdown.settle() && !this.ended) this.#touch();
  }

  /** `begins`: the first word is not delayed by earlier updates. */
  #touch(begins = false): void {
    if (this.#timer !== undefined && !begins) return;
    clearTimeout(this.#timer);
    const due = begins ? 0 : this.#lastPublished + this.#pace.interval(this.#cost);
    // Even the first chunk waits for the end of this turn of the event loop, since often more follows.
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
