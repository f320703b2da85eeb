import { BUSY_MS } from "~/limits";

/** Doubles with each refusal. */
const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 30_000;

/**
 * Limits the requests to a host that has refused one because it is busy: to the number it was serving, after a pause.
 * Each prompt it takes raises the limit by one.
 */
export class Backoff {
  parallel = Number.POSITIVE_INFINITY;

  readonly #now: () => number;
  #pauseMs = FIRST_PAUSE_MS;
  #until = 0;

  constructor(now = () => performance.now()) {
    this.#now = now;
  }

  /** How long to send nothing, in milliseconds. */
  get pauseMs(): number {
    return Math.max(0, this.#until - this.#now());
  }

  /** The host has refused a prompt while serving `others` of ours. */
  refused(others: number): void {
    this.parallel = Math.max(1, others);
    // Prompts that were sent together are refused together.
    if (this.pauseMs > 0) return;
    this.#until = this.#now() + this.#pauseMs;
    this.#pauseMs = Math.min(2 * this.#pauseMs, LONGEST_PAUSE_MS);
  }

  /** Whether a prompt first refused at `since` has been retried for long enough. */
  isOverdue(since: number): boolean {
    return this.#now() - since > BUSY_MS;
  }

  accepted(): void {
    this.parallel += 1;
    this.#pauseMs = FIRST_PAUSE_MS;
  }

  freed(): void {
    this.#until = 0;
  }
}
