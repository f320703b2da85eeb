import type { Db, OwnerDb } from "~/db/db";
import { StorageError } from "~/errors";
import type { Generations } from "~/generation/generations";
import type { Log } from "~/log.server";
import { findConversation, unknownConversation } from "./find";
import { stopAnswers } from "./stopping";
import type { TurnServices } from "./turns";

/** How long a deleted conversation can be restored. */
export const UNDO_MS = 30_000;

/** A batch is one transaction, which blocks the process. */
const BATCH_MESSAGES = 100;
const BATCH_CONVERSATIONS = 20;
const PURGE_EVERY_MS = 10_000;

interface Upkeep {
  db: Db;
  generations: Generations;
}

/** Deletes a conversation, restorable for UNDO_MS; stops its answers. */
export async function deleteConversation(services: TurnServices, id: string): Promise<void> {
  await findConversation(services.db, id);
  // Marked first, so that no waiting prompt is sent when its answer stops.
  await services.db.conversations.markDeleted(id, Date.now());
  await stopAnswers(services, id);
}

/** Restores a deleted conversation; throws if it is too late. */
export async function restoreConversation(db: OwnerDb, id: string): Promise<void> {
  if (!(await db.conversations.restore(id, Date.now() - UNDO_MS))) {
    throw unknownConversation();
  }
}

async function purgeDeleted({ db, generations }: Upkeep, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const due = await db.upkeep.deletion.deletedUntil(Date.now() - UNDO_MS, BATCH_CONVERSATIONS);
    if (due.length === 0) return;
    for (const { id, ownerId } of due) {
      await stopAnswers({ db: db.of(ownerId), generations }, id);
      let gone = false;
      while (!gone && !signal.aborted) {
        gone = await db.upkeep.deletion.purgePart(id, BATCH_MESSAGES);
        // Lets requests be served.
        await new Promise(setImmediate);
      }
    }
  }
}

/** Fraction of the time that wiping may block other work. */
const WIPE_SHARE = 1 / 3;
/** The pause after wiping, as a multiple of its duration. */
const WIPE_PAUSE = 10;

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

/** Purges expired deletions and wipes their text, now and regularly. Returns a function that stops after the current batch. */
export function startPurging(upkeep: Upkeep, log: Log): () => Promise<void> {
  const stopped = new AbortController();
  let purging: Promise<void> | undefined;
  let pausedUntil = 0;
  let rewriteDue = false;
  const purge = async () => {
    await purgeDeleted(upkeep, stopped.signal);
    const begun = performance.now();
    if (begun >= pausedUntil) {
      rewriteDue = (await wipeIndex(upkeep, stopped.signal)) || rewriteDue;
      if (rewriteDue && upkeep.generations.idle() && !stopped.signal.aborted) {
        await upkeep.db.upkeep.remains.rewrite();
        rewriteDue = false;
      }
      const now = performance.now();
      pausedUntil = now + WIPE_PAUSE * (now - begun);
    }
    await upkeep.db.upkeep.remains.emptyLog();
  };
  const purgeIfIdle = () => {
    purging ??= purge()
      .catch((error) => {
        // The storage logs its own faults.
        if (!(error instanceof StorageError))
          log.error("deleted conversations were not removed", { error });
      })
      .finally(() => {
        purging = undefined;
      });
  };
  purgeIfIdle();
  const timer = setInterval(purgeIfIdle, PURGE_EVERY_MS);
  return async () => {
    clearInterval(timer);
    stopped.abort();
    await purging;
  };
}
