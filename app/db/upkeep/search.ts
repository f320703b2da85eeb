import { asc, eq, gt } from "drizzle-orm";
import type { Drizzle, Transaction } from "../open";
import { messages, searchDocuments, upkeep } from "../schema";
import { INDEXING, indexedUpTo, indexMessageById, indexTitle } from "../search-index";

const MESSAGES_AT_ONCE = 50;

/** Indexes a few old messages; true when none is left. */
export async function indexSome(db: Drizzle): Promise<boolean> {
  return db.transaction((tx) => {
    const position = indexedUpTo(tx);
    if (position === null) return true;
    const some = tx
      .select({
        id: messages.id,
        parentId: messages.parentId,
        conversationId: messages.conversationId,
      })
      .from(messages)
      .where(gt(messages.id, position))
      .orderBy(asc(messages.id))
      .limit(MESSAGES_AT_ONCE)
      .all();
    for (const { id, parentId, conversationId } of some) {
      if (parentId === null) indexTitle(tx, conversationId);
      if (!isIndexed(tx, id)) indexMessageById(tx, id);
    }
    const last = some.at(-1)?.id ?? null;
    tx.update(upkeep).set({ position: last }).where(INDEXING).run();
    return last === null;
  });
}

function isIndexed(db: Transaction, messageId: string): boolean {
  const row = db
    .select({ id: searchDocuments.id })
    .from(searchDocuments)
    .where(eq(searchDocuments.messageId, messageId))
    .get();
  return row !== undefined;
}
