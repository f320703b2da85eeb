import { BUSY_MS } from "~/limits";

/** The first pause after a host has said that it is busy; each further one is twice as long. */
const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 30_000;

/**
 * How much is asked of a host that has refused a prompt because it is busy: no more at a time than it had taken,
 * and nothing for a while. Each prompt that it takes raises that by one.
 */
export class Backoff {
  /** How many generations it may be given at a time. */
  parallel = Number.POSITIVE_INFINITY;

  readonly #now: () => number;
  #pauseMs = FIRST_PAUSE_MS;
  #until = 0;

  constructor(now = () => performance.now()) {
    this.#now = now;
  }

  /** How long nothing is to be asked. */
  get pauseMs(): number {
    return Math.max(0, this.#until - this.#now());
  }

  /** The host has refused one while it had `others` from here. */
  refused(others: number): void {
    this.parallel = Math.max(1, others);
    // Prompts that were sent together are refused together.
    if (this.pauseMs > 0) return;
    this.#until = this.#now() + this.#pauseMs;
    this.#pauseMs = Math.min(2 * this.#pauseMs, LONGEST_PAUSE_MS);
  }

  /** Whether a prompt that was first refused at this moment has been tried for long enough. */
  isOverdue(since: number): boolean {
    return this.#now() - since > BUSY_MS;
  }

  /** The host has begun to answer. */
  accepted(): void {
    this.parallel += 1;
    this.#pauseMs = FIRST_PAUSE_MS;
  }

  /** An answer has ended, so the host may take another one. */
  freed(): void {
    this.#until = 0;
  }
}
