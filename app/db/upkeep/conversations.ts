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
 * Removes a part of a deleted conversation for good, at most `limit` messages, and in the end itself; true
 * when nothing of it is left. From the first call on it cannot be restored.
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
    // A deleted message takes those below it along, each in a trigger of its own, and SQLite allows
    // a thousand of them within each other: so nothing is below one when it goes.
    tx.update(messages).set({ parentId: null }).where(inArray(messages.parentId, ids)).run();
    tx.delete(messages).where(inArray(messages.id, ids)).run();
    if (ids.length === limit) return false;
    tx.delete(conversations).where(eq(conversations.id, id)).run();
    return true;
  });
}

/** After a crash: gives up every imported conversation that was begun and not shown. */
export async function giveUpImported(db: Drizzle): Promise<void> {
  db.update(conversations)
    .set({ deletedAt: 0, importedFrom: null })
    .where(eq(conversations.deletedAt, BEING_WRITTEN))
    .run();
}
