import { BUSY_MS } from "~/limits";
import type { ActiveGeneration } from "./active";

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

/** Runs generations in order, a limited number at a time, and fewer while their host is too busy. */
export class Queue {
  readonly #parallel: number;
  readonly #run: (generation: ActiveGeneration) => Promise<void>;
  readonly #onRunning: (running: number) => void;
  readonly #backoff = new Backoff();
  readonly #queued: ActiveGeneration[] = [];
  #running = 0;
  #closed = false;
  #pause: ReturnType<typeof setTimeout> | undefined;

  /** `run` must not reject. */
  constructor(
    parallel: number,
    run: (generation: ActiveGeneration) => Promise<void>,
    onRunning: (running: number) => void,
  ) {
    this.#parallel = parallel;
    this.#run = run;
    this.#onRunning = onRunning;
  }

  /** Whether one more would run at once or be among the first `most` in the queue. */
  takes(most: number): boolean {
    return this.#running < this.#parallel || this.#queued.length < most;
  }

  add(generation: ActiveGeneration): void {
    this.#queued.push(generation);
    this.#advance();
  }

  /** False if it is running already. */
  remove(generation: ActiveGeneration): boolean {
    const place = this.#queued.indexOf(generation);
    if (place < 0) return false;
    this.#queued.splice(place, 1);
    this.#advance();
    return true;
  }

  mayRetry(generation: ActiveGeneration): boolean {
    generation.busySince ??= performance.now();
    return !this.#backoff.isOverdue(generation.busySince);
  }

  /** Queues a running generation again at its old place; returns the milliseconds until the next start. */
  putBack(generation: ActiveGeneration): number {
    const later = this.#queued.findIndex((other) => other.id > generation.id);
    this.#queued.splice(later < 0 ? this.#queued.length : later, 0, generation);
    this.#backoff.refused(this.#running - 1);
    return this.#backoff.pauseMs;
  }

  accepted(): void {
    this.#backoff.accepted();
    if (this.#queued.length > 0) this.#advance();
  }

  freed(): void {
    this.#backoff.freed();
  }

  /** Starts no more; returns the queued generations. */
  close(): ReadonlySet<ActiveGeneration> {
    this.#closed = true;
    clearTimeout(this.#pause);
    return new Set(this.#queued);
  }

  #advance(): void {
    clearTimeout(this.#pause);
    for (let next = this.#next(); next; next = this.#next()) {
      this.#setRunning(this.#running + 1);
      void this.#run(next).finally(() => {
        this.#setRunning(this.#running - 1);
        this.#advance();
      });
    }
    for (const [index, { live, busySince }] of this.#queued.entries()) {
      const busy = busySince === undefined ? undefined : true;
      live.setStatus({ state: "queued", place: index + 1, busy });
    }
    const { pauseMs } = this.#backoff;
    if (!this.#closed && this.#queued.length > 0 && pauseMs > 0) {
      this.#pause = setTimeout(() => this.#advance(), pauseMs);
    }
  }

  #next(): ActiveGeneration | undefined {
    const isFull = this.#running >= Math.min(this.#parallel, this.#backoff.parallel);
    if (this.#closed || isFull || this.#backoff.pauseMs > 0) return undefined;
    return this.#queued.shift();
  }

  #setRunning(running: number): void {
    this.#running = running;
    this.#onRunning(running);
  }
}
