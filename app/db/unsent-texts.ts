import { and, eq, inArray, sql } from "drizzle-orm";
import { LOOSE } from "./given-files";
import { attachments, unsentTexts } from "./schema";
import { inTransaction, type Scope } from "./scope";
import { hasConversation } from "./tree";

export type UnsentText = typeof unsentTexts.$inferSelect;

/** Added to the bytes of each text, so that texts with files only count. */
const EACH_BYTES = 1_024;

/** Stores a text and returns its id; deletes the oldest above `mostBytes`. Undefined if the conversation is gone. */
export async function keep(
  scope: Scope,
  text: Pick<UnsentText, "conversationId" | "prompt" | "model" | "files">,
  { now, mostBytes }: { now: number; mostBytes: number },
): Promise<string | undefined> {
  const id = Bun.randomUUIDv7();
  return inTransaction(scope, (within) => {
    const { db, ownerId } = within;
    if (!hasConversation(within, text.conversationId)) return undefined;
    db.insert(unsentTexts)
      .values({ ...text, id, ownerId, createdAt: now })
      .run();
    db.update(attachments)
      .set({ createdAt: now })
      .where(and(eq(attachments.ownerId, ownerId), inArray(attachments.id, text.files), LOOSE))
      .run();
    db.run(sql`delete from unsent_texts where id <> ${id} and id in (
      select id from (
        select id, sum(octet_length(prompt) + ${EACH_BYTES}) over (order by id desc) as bytes
        from unsent_texts where owner_id = ${ownerId}
      ) where bytes > ${mostBytes})`);
    return id;
  });
}

export async function find(
  { db, ownerId }: Scope,
  conversationId: string,
  id: string,
): Promise<UnsentText | undefined> {
  return db
    .select()
    .from(unsentTexts)
    .where(
      and(
        eq(unsentTexts.ownerId, ownerId),
        eq(unsentTexts.id, id),
        eq(unsentTexts.conversationId, conversationId),
      ),
    )
    .get();
}
