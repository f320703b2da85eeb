import { and, asc, desc, eq, inArray, isNotNull, lte } from "drizzle-orm";
import type { Drizzle } from "../open";
import { BEING_WRITTEN, conversations, messages } from "../schema";

/** Up to `limit` conversations that were deleted at `until` or before. */
export async function deletedUntil(
  db: Drizzle,
  until: number,
  limit: number,
): Promise<{ id: string; ownerId: string }[]> {
  return db
    .select({ id: conversations.id, ownerId: conversations.ownerId })
    .from(conversations)
    .where(and(isNotNull(conversations.deletedAt), lte(conversations.deletedAt, until)))
    .orderBy(asc(conversations.deletedAt))
    .limit(limit)
    .all();
}

/**
 * Purges at most `limit` messages of a deleted conversation, and in the end the conversation; true when nothing is
 * left. After the first call it cannot be restored.
 */
export async function purgePart(db: Drizzle, id: string, limit: number): Promise<boolean> {
  return db.transaction((tx) => {
    const deleted = and(eq(conversations.id, id), isNotNull(conversations.deletedAt));
    const begun = tx.update(conversations).set({ deletedAt: 0 }).where(deleted);
    if (!begun.returning({ id: conversations.id }).get()) return true;
    const ids = tx
      .select({ id: messages.id })
      .from(messages)
      .where(eq(messages.conversationId, id))
      .orderBy(desc(messages.id))
      .limit(limit)
      .all()
      .map((message) => message.id);
    // SQLite allows a thousand nested triggers, and deleting a message deletes those below it. So nothing may be below
    // it.
    tx.update(messages).set({ parentId: null }).where(inArray(messages.parentId, ids)).run();
    tx.delete(messages).where(inArray(messages.id, ids)).run();
    if (ids.length === limit) return false;
    tx.delete(conversations).where(eq(conversations.id, id)).run();
    return true;
  });
}

/** After a crash: deletes imported conversations that were not complete. */
export async function giveUpImported(db: Drizzle): Promise<void> {
  db.update(conversations)
    .set({ deletedAt: 0, importedFrom: null })
    .where(eq(conversations.deletedAt, BEING_WRITTEN))
    .run();
}
