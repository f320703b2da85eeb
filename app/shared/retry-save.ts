import { setTimeout as sleep } from "node:timers/promises";
import { StorageError } from "~/errors";

const FIRST_DELAY_MS = 250;
const MAX_DELAY_MS = 5_000;

/**
 * Retries `save` at growing intervals while it throws StorageErrors; other errors are thrown at once. `report` gets the
 * reason after each failure, and undefined once it is saved. Throws the last StorageError if `giveUp` is aborted.
 */
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
