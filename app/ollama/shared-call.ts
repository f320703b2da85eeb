import { unlessAborted } from "~/shared/promises";

interface Call<T> {
  result: Promise<T>;
  abort: AbortController;
  callers: number;
}

/** Shares one call at a time among callers; a caller never gets a result requested before it came. */
export class SharedCall<T> {
  readonly #call: (signal: AbortSignal) => Promise<T>;
  #running: Promise<unknown> = Promise.resolve();
  #next: Call<T> | undefined;

  constructor(call: (signal: AbortSignal) => Promise<T>) {
    this.#call = call;
  }

  async result(signal: AbortSignal): Promise<T> {
    signal.throwIfAborted();
    this.#next ??= this.#prepare();
    const call = this.#next;
    call.callers++;
    try {
      return await unlessAborted(call.result, signal);
    } finally {
      if (--call.callers === 0) call.abort.abort();
    }
  }

  #prepare(): Call<T> {
    const abort = new AbortController();
    const result = this.#running.then(() => {
      this.#next = undefined;
      abort.signal.throwIfAborted();
      return this.#call(abort.signal);
    });
    this.#running = result.catch(() => {});
    return { result, abort, callers: 0 };
  }
}
