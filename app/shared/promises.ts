import { setTimeout as sleep } from "node:timers/promises";
import { StorageError } from "~/errors";

/** Returns a function that runs async functions one after the other. */
export function serialQueue(): <T>(run: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return (run) => {
    const result = last.then(run);
    last = result.catch(() => {});
    return result;
  };
}

/** Like `result`, but rejects with the signal's reason once it aborts. */
export async function unlessAborted<T>(result: Promise<T>, signal: AbortSignal): Promise<T> {
  const aborted = Promise.withResolvers<never>();
  const leave = () => aborted.reject(signal.reason);
  if (signal.aborted) leave();
  signal.addEventListener("abort", leave, { once: true });
  try {
    return await Promise.race([result, aborted.promise]);
  } finally {
    signal.removeEventListener("abort", leave);
  }
}

const FIRST_DELAY_MS = 250;
const MAX_DELAY_MS = 5_000;

/** Retries while `save` throws StorageErrors, until `giveUp` aborts. Reports each reason, and undefined once saved. */
export async function retrySave<T>(
  save: () => Promise<T>,
  giveUp: AbortSignal,
  report: (reason: string | undefined) => void = () => {},
): Promise<T> {
  for (let delay = FIRST_DELAY_MS; ; delay = Math.min(2 * delay, MAX_DELAY_MS)) {
    try {
      const result = await save();
      report(undefined);
      return result;
    } catch (error) {
      if (!(error instanceof StorageError)) throw error;
      report(error.reason);
      if (giveUp.aborted) throw error;
    }
    await sleep(delay, undefined, { signal: giveUp }).catch(() => {});
  }
}
