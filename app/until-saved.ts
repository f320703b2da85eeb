import { setTimeout as sleep } from "node:timers/promises";
import { StorageError } from "~/errors";

const FIRST_WAIT_MS = 250;
const MOST_WAIT_MS = 5_000;

/**
 * Does what has to be saved, and tries again at growing intervals while the database cannot be written; `tell`
 * hears why, and undefined once it is saved. Throws the StorageError when `giveUp` is aborted, and every other error
 * at once.
 */
export async function untilSaved<T>(
  act: () => Promise<T>,
  giveUp: AbortSignal,
  tell: (reason: string | undefined) => void = () => {},
): Promise<T> {
  for (let wait = FIRST_WAIT_MS; ; wait = Math.min(2 * wait, MOST_WAIT_MS)) {
    try {
      const result = await act();
      tell(undefined);
      return result;
    } catch (error) {
      if (!(error instanceof StorageError)) throw error;
      tell(error.reason);
      if (giveUp.aborted) throw error;
    }
    await sleep(wait, undefined, { signal: giveUp }).catch(() => {});
  }
}
