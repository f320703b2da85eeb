import { and, asc, desc, eq, inArray, isNotNull, lt, lte } from "drizzle-orm";
import { LOOSE } from "../given-files";
import type { Drizzle } from "../open";
import { attachments, conversations, messages, unsentTexts } from "../schema";

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

/** Purges up to `limit` messages of a deleted conversation, which cannot be restored then; true when nothing is left. */
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
    // Cascades delete the messages below, and SQLite limits their depth to a thousand.
    tx.update(messages).set({ parentId: null }).where(inArray(messages.parentId, ids)).run();
    tx.delete(messages).where(inArray(messages.id, ids)).run();
    if (ids.length === limit) return false;
    tx.delete(conversations).where(eq(conversations.id, id)).run();
    return true;
  });
}

/** Deletes unsent texts, and files without a message, from before this time. */
export async function deleteUnsent(db: Drizzle, before: number): Promise<void> {
  db.transaction((tx) => {
    tx.delete(unsentTexts).where(lt(unsentTexts.createdAt, before)).run();
    tx.delete(attachments)
      .where(and(lt(attachments.createdAt, before), LOOSE))
      .run();
  });
}
