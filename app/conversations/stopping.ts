import type { OwnerDb } from "~/db/db";
import type { Generations } from "~/generation/generations";

/**
 * Stops all answers of a conversation that are queued or being written; with `at`, only those at that message or
 * below it. What was written is kept.
 */
export async function stopAnswers(
  { db, generations }: { db: OwnerDb; generations: Generations },
  conversationId: string,
  at?: string,
): Promise<void> {
  const live = generations.liveIn(db.ownerId, conversationId).map(({ ids }) => ids);
  const meant = await Promise.all(
    live.map(({ messageId }) => at === undefined || db.branches.isOnBranch(at, messageId)),
  );
  const stopped = live.filter((_, index) => meant[index]);
  // All at once: a queued one must not start when the first one ends.
  await Promise.all(stopped.map(({ generationId }) => generations.stop(db.ownerId, generationId)));
}
