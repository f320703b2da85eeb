import { setTimeout as sleep } from "node:timers/promises";
import { StorageError } from "~/errors";
import type { LiveAnswer } from "./live-answer";

const FIRST_WAIT_MS = 250;
const MOST_WAIT_MS = 5_000;

/**
 * Does what an answer needs saved, and tries again at growing intervals while the database cannot be written: the
 * page says so meanwhile. Throws the StorageError when `giveUp` is aborted, and every other error at once.
 */
export async function untilSaved<T>(
  live: LiveAnswer,
  act: () => Promise<T>,
  giveUp: AbortSignal,
): Promise<T> {
  for (let wait = FIRST_WAIT_MS; ; wait = Math.min(2 * wait, MOST_WAIT_MS)) {
    try {
      const result = await act();
      live.setUnsaved(undefined);
      return result;
    } catch (error) {
      if (!(error instanceof StorageError)) throw error;
      live.setUnsaved(error.reason);
      if (giveUp.aborted) throw error;
    }
    await sleep(wait, undefined, { signal: giveUp }).catch(() => {});
  }
}
