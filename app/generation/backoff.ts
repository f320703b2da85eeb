import { BUSY_MS } from "~/limits";

const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 30_000;

/** Limits requests to a busy host to the number it was serving, after a pause; each accepted one raises it. */
export class Backoff {
  parallel = Number.POSITIVE_INFINITY;

  readonly #now: () => number;
  #pauseMs = FIRST_PAUSE_MS;
  #until = 0;

  constructor(now = () => performance.now()) {
    this.#now = now;
  }

  get pauseMs(): number {
    return Math.max(0, this.#until - this.#now());
  }

  refused(others: number): void {
    this.parallel = Math.max(1, others);
    // Prompts that were sent together are refused together.
    if (this.pauseMs > 0) return;
    this.#until = this.#now() + this.#pauseMs;
    this.#pauseMs = Math.min(2 * this.#pauseMs, LONGEST_PAUSE_MS);
  }

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
