import type { Db } from "~/db/db";
import { StorageError } from "~/errors";
import type { Log } from "~/log.server";
import { findConversation, unknownConversation } from "./find";
import { stopAnswers } from "./stopping";
import type { Talk } from "./turns";

/** How long a deleted conversation can be taken back. */
export const UNDO_MS = 30_000;

/** A batch is one transaction, and nothing else is answered while it lasts. */
const BATCH_MESSAGES = 100;
const BATCH_CONVERSATIONS = 20;
/** How much longer than promised a deleted conversation may stay. */
const LOOK_EVERY_MS = 10_000;

/** Deletes a conversation so that it can be taken back for a while; what is being written in it stops. */
export async function deleteConversation(talk: Talk, ownerId: string, id: string): Promise<void> {
  await findConversation(talk.db, ownerId, id);
  // Marked first: prompts that wait for the answer that is stopped then find no conversation to go on in.
  await talk.db.conversations.markDeleted(ownerId, id, Date.now());
  await stopAnswers(talk, ownerId, id);
}

/** Takes a deletion back; throws the 404 of an unknown conversation where it is too late. */
export async function restoreConversation(db: Db, ownerId: string, id: string): Promise<void> {
  if (!(await db.conversations.restore(ownerId, id, Date.now() - UNDO_MS))) {
    throw unknownConversation();
  }
}

/** Removes for good what was deleted longer ago than it can be taken back; stops early where `signal` aborts. */
async function purgeDeleted(talk: Talk, signal: AbortSignal): Promise<void> {
  const { db } = talk;
  while (!signal.aborted) {
    const due = await db.conversations.deletedUntil(Date.now() - UNDO_MS, BATCH_CONVERSATIONS);
    if (due.length === 0) return;
    for (const { id, ownerId } of due) {
      await stopAnswers(talk, ownerId, id);
      let gone = false;
      while (!gone && !signal.aborted) {
        gone = await db.conversations.purgePart(id, BATCH_MESSAGES);
        // Requests come first.
        await new Promise(setImmediate);
      }
    }
  }
}

/** As much of the time as removing words from a large search index takes from others. */
const WIPE_SHARE = 1 / 3;
/** What rewrites the whole index or file is followed by a rest this many times as long. */
const WIPE_REST = 10;

/** Removes what deleted text has left in the search index, a little at a time; false where there was nothing. */
async function wipeIndex({ db }: Talk, signal: AbortSignal): Promise<boolean> {
  let steps = 0;
  for (let done = false; !done && !signal.aborted; ) {
    const begun = performance.now();
    done = await db.remains.wipeStep();
    steps++;
    const ms = performance.now() - begun;
    if (!done) await Bun.sleep(ms / WIPE_SHARE - ms);
  }
  return steps > 1;
}

/**
 * Purges now and whenever something is due, and wipes what is left of deleted text. Returns what ends that,
 * after the batch that is being removed.
 */
export function keepPurging(talk: Talk, log: Log): () => Promise<void> {
  const over = new AbortController();
  let purging: Promise<void> | undefined;
  let restsUntil = 0;
  let rewrites = false;
  const purge = async () => {
    await purgeDeleted(talk, over.signal);
    const begun = performance.now();
    if (begun >= restsUntil) {
      rewrites = (await wipeIndex(talk, over.signal)) || rewrites;
      if (rewrites && talk.generations.idle() && !over.signal.aborted) {
        await talk.db.remains.rewrite();
        rewrites = false;
      }
      const now = performance.now();
      restsUntil = now + WIPE_REST * (now - begun);
    }
    await talk.db.remains.emptyLog();
  };
  const look = () => {
    purging ??= purge()
      .catch((error) => {
        // The storage says so itself, once.
        if (!(error instanceof StorageError))
          log.error("deleted conversations were not removed", { error });
      })
      .finally(() => {
        purging = undefined;
      });
  };
  look();
  const timer = setInterval(look, LOOK_EVERY_MS);
  return async () => {
    clearInterval(timer);
    over.abort();
    await purging;
  };
}
