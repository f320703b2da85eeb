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

/** `asked`: no response yet; `loading`: the host loads the model; `busy`: it refused the prompt. Seconds since the request. */
export type LiveStatus =
  | { state: "queued"; place: number; busy?: boolean }
  | { state: "loading"; model: string; seconds: number }
  | { state: "asked"; model: string; seconds: number }
  | { state: "thinking" }
  | { state: "writing" };

const SHORTEST_MS = 50;
const LONGEST_MS = 1_000;
const SHARE = 10;
const UPDATES_A_SECOND = 4_000;

/** How often live answers are updated; shared by all of them. */
export class Pace {
  running = 0;

  /** Milliseconds until the next update of an answer whose last one took `cost` milliseconds. */
  interval(cost: number): number {
    const fair = (this.running * 1_000) / UPDATES_A_SECOND;
    return Math.min(LONGEST_MS, Math.max(SHORTEST_MS, fair, cost * SHARE));
  }
}

/** An answer while it is written. Readers share the text: each keeps an offset, so a slow one delays nobody. */
export class LiveAnswer {
  readonly ids: LiveAnswerIds;
  readonly markdown = new GrowingMarkdown();
  readonly thinking = new GrowingText();
  version = 0;
  /** True once the end is in the database. */
  ended = false;
  status: LiveStatus = { state: "queued", place: 1 };
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

  unrecorded(): Written {
    return {
      thinking: this.thinking.slice(this.#recorded.thinking),
      content: this.markdown.source.slice(this.#recorded.content),
    };
  }

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

  end(): void {
    this.ended = true;
    clearTimeout(this.#timer);
    this.#publish();
  }

  /** Resolves on a version newer than `seen`, on abort, or after `ms`. */
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

  settle(): void {
    if (this.markdown.settle() && !this.ended) this.#touch();
  }

  /** The first word is not delayed by earlier updates. */
  #touch(begins = false): void {
    if (this.#timer !== undefined && !begins) return;
    clearTimeout(this.#timer);
    const due = begins ? 0 : this.#lastPublished + this.#pace.interval(this.#cost);
    // Even the first chunk waits for the next turn of the event loop: often more follows.
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
