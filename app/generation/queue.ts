import type { ActiveGeneration } from "./active";
import { Backoff } from "./backoff";

/** Runs generations in order, so many at a time, and fewer while their host is too busy. */
export class Queue {
  readonly #parallel: number;
  readonly #run: (generation: ActiveGeneration) => Promise<void>;
  readonly #onRunning: (running: number) => void;
  readonly #backoff = new Backoff();
  readonly #queued: ActiveGeneration[] = [];
  #running = 0;
  #closed = false;
  #pause: ReturnType<typeof setTimeout> | undefined;

  /** `run` must not reject. `onRunning` is told how many run whenever that changes. */
  constructor(
    parallel: number,
    run: (generation: ActiveGeneration) => Promise<void>,
    onRunning: (running: number) => void,
  ) {
    this.#parallel = parallel;
    this.#run = run;
    this.#onRunning = onRunning;
  }

  /** Whether one more would run at once, or be one of at most `most` that are queued. */
  takes(most: number): boolean {
    return this.#running < this.#parallel || this.#queued.length < most;
  }

  add(generation: ActiveGeneration): void {
    this.#queued.push(generation);
    this.#advance();
  }

  /** Takes one out that has not begun; false if it has. */
  remove(generation: ActiveGeneration): boolean {
    const place = this.#queued.indexOf(generation);
    if (place < 0) return false;
    this.#queued.splice(place, 1);
    this.#advance();
    return true;
  }

  /** Whether a generation that its host is too busy for may be tried again, or has been for too long. */
  mayTryAgain(generation: ActiveGeneration): boolean {
    generation.busySince ??= performance.now();
    return !this.#backoff.isOverdue(generation.busySince);
  }

  /** Queues one that runs again, at its old place; gives how many milliseconds nothing begins now. */
  putBack(generation: ActiveGeneration): number {
    const later = this.#queued.findIndex((other) => other.id > generation.id);
    this.#queued.splice(later < 0 ? this.#queued.length : later, 0, generation);
    this.#backoff.refused(this.#running - 1);
    return this.#backoff.pauseMs;
  }

  /** The host has begun to answer, so it may be given more. */
  accepted(): void {
    this.#backoff.accepted();
    if (this.#queued.length > 0) this.#advance();
  }

  /** An answer has ended. */
  freed(): void {
    this.#backoff.freed();
  }

  /** Begins with no more; gives what is queued. */
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
