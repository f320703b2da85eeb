import { GrowingMarkdown } from "~/markdown/incremental";
import type { Pace } from "./pace";
import type { LiveStatus } from "./status";

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
 * An answer while it is being written: one text in memory that all readers share. A reader keeps its own
 * place in it and waits for the next version, so a slow reader costs a number and delays nobody.
 */
export class LiveAnswer {
  readonly ids: LiveAnswerIds;
  readonly markdown = new GrowingMarkdown();
  /** The reasoning so far. */
  thinking = "";
  /** Written since the last batch went to the database. */
  unrecorded: Written = { thinking: "", content: "" };
  /** Rises with everything that a reader could show. */
  version = 0;
  /** True once the end is in the database. */
  ended = false;
  status: LiveStatus = { state: "queued", place: 1 };
  /** Why what was written cannot be saved for now; undefined while it is saved. */
  unsaved: string | undefined;

  readonly #pace: Pace;
  readonly #readers = new Set<() => void>();
  #lastPublished = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #cost = 0;

  /** `written` is what an earlier generation of the same answer left (Continue). */
  constructor(ids: LiveAnswerIds, pace: Pace, written = { thinking: "", content: "" }) {
    this.ids = ids;
    this.#pace = pace;
    this.thinking = written.thinking;
    if (written.content) this.markdown.append(written.content);
    this.markdown.settle();
  }

  write(kind: "thinking" | "content", text: string): void {
    if (kind === "thinking") this.thinking += text;
    else this.markdown.append(text);
    this.unrecorded[kind] += text;
    const begins = this.status.state !== stateOf(kind);
    if (begins) this.status = { state: stateOf(kind) };
    this.#touch(begins);
  }

  /** Hands over what the database does not have yet. */
  takeUnrecorded(): Written {
    const taken = this.unrecorded;
    this.unrecorded = { thinking: "", content: "" };
    return taken;
  }

  /** Takes back what could not be recorded, in front of what came meanwhile. */
  keepUnrecorded({ thinking, content }: Written): void {
    this.unrecorded.thinking = thinking + this.unrecorded.thinking;
    this.unrecorded.content = content + this.unrecorded.content;
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

  /** The last version: whoever reads is woken and sees `ended`. */
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

  /** `begins`: the first word is not kept waiting for the pace of what was shown before it. */
  #touch(begins = false): void {
    if (this.#timer !== undefined && !begins) return;
    clearTimeout(this.#timer);
    const due = begins ? 0 : this.#lastPublished + this.#pace.interval(this.#cost);
    const wait = due - performance.now();
    // Even the first piece waits for the end of this turn of the loop: pieces often come in one chunk.
    this.#timer = setTimeout(() => this.#publish(), Math.max(0, wait));
  }

  #publish(): void {
    this.#timer = undefined;
    const begun = performance.now();
    this.version++;
    // Without readers nothing is parsed: whoever comes later settles everything at once.
    if (this.#readers.size > 0) {
      this.settle();
      for (const wake of [...this.#readers]) wake();
    }
    this.#lastPublished = performance.now();
    this.#cost = this.#lastPublished - begun;
  }
}

function stateOf(kind: "thinking" | "content"): "thinking" | "writing" {
  return kind === "thinking" ? "thinking" : "writing";
}
