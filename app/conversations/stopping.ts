import type { OwnerDb } from "~/db/db";
import type { Generations } from "~/generation/generations";

/** Stops the queued and running answers of a conversation, or of the branch at `at`; keeps their text. */
export async function stopAnswers(
  { db, generations }: { db: OwnerDb; generations: Generations },
  conversationId: string,
  at?: string,
): Promise<void> {
  const live = generations.liveIn(db.ownerId, conversationId).map(({ ids }) => ids);
  const below = await Promise.all(
    live.map(({ messageId }) => at === undefined || db.branches.isOnBranch(at, messageId)),
  );
  const stopped = live.filter((_, index) => below[index]);
  // All at once, so that no queued one starts when another ends.
  await Promise.all(stopped.map(({ generationId }) => generations.stop(db.ownerId, generationId)));
}
