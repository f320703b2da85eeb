import type { Db, OwnerDb } from "~/db/db";
import { StorageError } from "~/errors";
import type { Generations } from "~/generation/generations";
import type { Log } from "~/log.server";
import { findConversation, unknownConversation } from "./find";
import { stopAnswers } from "./stopping";
import type { TurnServices } from "./turns";

/** How long a deleted conversation can be taken back. */
export const UNDO_MS = 30_000;

/** A batch is one transaction, and nothing else is answered while it lasts. */
const BATCH_MESSAGES = 100;
const BATCH_CONVERSATIONS = 20;
/** How much longer than promised a deleted conversation may stay. */
const LOOK_EVERY_MS = 10_000;

/** What upkeep needs: the rows of everyone, and who writes answers. */
interface Upkeep {
  db: Db;
  generations: Generations;
}

/** Deletes a conversation so that it can be taken back for a while; what is being written in it stops. */
export async function deleteConversation(services: TurnServices, id: string): Promise<void> {
  await findConversation(services.db, id);
  // Marked first: prompts that wait for the answer that is stopped then find no conversation to go on in.
  await services.db.conversations.markDeleted(id, Date.now());
  await stopAnswers(services, id);
}

/** Takes a deletion back; throws the 404 of an unknown conversation where it is too late. */
export async function restoreConversation(db: OwnerDb, id: string): Promise<void> {
  if (!(await db.conversations.restore(id, Date.now() - UNDO_MS))) {
    throw unknownConversation();
  }
}

/** Removes for good what was deleted longer ago than it can be taken back; stops early where `signal` aborts. */
async function purgeDeleted({ db, generations }: Upkeep, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const due = await db.upkeep.conversations.deletedUntil(
      Date.now() - UNDO_MS,
      BATCH_CONVERSATIONS,
    );
    if (due.length === 0) return;
    for (const { id, ownerId } of due) {
      await stopAnswers({ db: db.of(ownerId), generations }, id);
      let gone = false;
      while (!gone && !signal.aborted) {
        gone = await db.upkeep.conversations.purgePart(id, BATCH_MESSAGES);
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
async function wipeIndex({ db }: Upkeep, signal: AbortSignal): Promise<boolean> {
  let steps = 0;
  for (let done = false; !done && !signal.aborted; ) {
    const begun = performance.now();
    done = await db.upkeep.remains.wipeStep();
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
export function keepPurging(upkeep: Upkeep, log: Log): () => Promise<void> {
  const over = new AbortController();
  let purging: Promise<void> | undefined;
  let restsUntil = 0;
  let rewrites = false;
  const purge = async () => {
    await purgeDeleted(upkeep, over.signal);
    const begun = performance.now();
    if (begun >= restsUntil) {
      rewrites = (await wipeIndex(upkeep, over.signal)) || rewrites;
      if (rewrites && upkeep.generations.idle() && !over.signal.aborted) {
        await upkeep.db.upkeep.remains.rewrite();
        rewrites = false;
      }
      const now = performance.now();
      restsUntil = now + WIPE_REST * (now - begun);
    }
    await upkeep.db.upkeep.remains.emptyLog();
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
