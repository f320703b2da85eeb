import { Gone } from "./wire";

/** Waits; rejects with Gone as soon as the signal says that nobody listens any more. */
export function sleep(ms: number, signal: AbortSignal): Promise<void> {
  if (ms <= 0 && !signal.aborted) return Promise.resolve();
  return until(signal, (done) => {
    const timer = setTimeout(done, ms);
    return () => clearTimeout(timer);
  });
}

/** Lets other work of the process run, without the millisecond that a timer would cost. */
export function yieldToLoop(signal: AbortSignal): Promise<void> {
  return until(signal, (done) => {
    setImmediate(done);
    return () => {};
  });
}

/** Waits until `start`'s callback is called, later; `start` returns its own cleanup. */
export function until(signal: AbortSignal, start: (done: () => void) => () => void): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(new Gone());
    const leave = () => {
      cleanup();
      reject(new Gone());
    };
    const cleanup = start(() => {
      signal.removeEventListener("abort", leave);
      cleanup();
      resolve();
    });
    signal.addEventListener("abort", leave, { once: true });
  });
}

/** The point where held chats and pulls wait for `release()`. */
export class Gate {
  private readonly held = new Set<() => void>();

  get size(): number {
    return this.held.size;
  }

  /** Registers at once, before anything is awaited: who sees the last chunk may release right then. */
  hold(signal: AbortSignal): Promise<void> {
    return until(signal, (done) => {
      this.held.add(done);
      return () => this.held.delete(done);
    });
  }

  release(): void {
    for (const done of [...this.held]) {
      this.held.delete(done);
      done();
    }
  }
}
