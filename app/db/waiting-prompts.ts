import { and, asc, eq, sql } from "drizzle-orm";
import { changed } from "./changed";
import { giveFilesToWait } from "./files";
import type { Drizzle } from "./open";
import { attachments, waitingPrompts } from "./schema";

export type WaitingPrompt = typeof waitingPrompts.$inferSelect;

/** One that was taken back, and the ids of its files, which are loose now. */
export type Withdrawn = WaitingPrompt & { files: string[] };

/** Of a prompt whose answer before it is not being written any more. */
export const HELD = sql`not exists (select 1 from generations g
  where g.message_id = waiting_prompts.behind_id and g.state in ('queued', 'running'))`;

/** Prompts that wait for the answer before them; in each conversation in the order in which they were sent. */
export function waitingPromptQueries(db: Drizzle) {
  const owned = (ownerId: string, id: string) =>
    and(eq(waitingPrompts.ownerId, ownerId), eq(waitingPrompts.id, id));
  const inConversation = (ownerId: string, conversationId: string) =>
    and(eq(waitingPrompts.ownerId, ownerId), eq(waitingPrompts.conversationId, conversationId));

  return {
    /** Adds one with its loose files behind the others; false where `most` of them wait already. */
    async add(prompt: WaitingPrompt, files: readonly string[], most: number): Promise<boolean> {
      return db.transaction((tx) => {
        const waiting = tx
          .select({ count: sql<number>`count(*)` })
          .from(waitingPrompts)
          .where(inConversation(prompt.ownerId, prompt.conversationId))
          .get();
        if ((waiting?.count ?? 0) >= most) return false;
        tx.insert(waitingPrompts).values(prompt).run();
        if (files.length > 0) giveFilesToWait(tx, prompt.ownerId, prompt.id, files);
        return true;
      });
    },

    /** Those of a conversation, the next one first. */
    async list(ownerId: string, conversationId: string): Promise<WaitingPrompt[]> {
      return db
        .select()
        .from(waitingPrompts)
        .where(inConversation(ownerId, conversationId))
        .orderBy(asc(waitingPrompts.id))
        .all();
    },

    /** The next one that waits for an answer, or undefined. */
    async firstBehind(
      ownerId: string,
      conversationId: string,
      behindId: string,
    ): Promise<WaitingPrompt | undefined> {
      return db
        .select()
        .from(waitingPrompts)
        .where(and(inConversation(ownerId, conversationId), eq(waitingPrompts.behindId, behindId)))
        .orderBy(asc(waitingPrompts.id))
        .limit(1)
        .get();
    },

    /** The first one that is held in a conversation, or undefined. */
    async firstHeld(ownerId: string, conversationId: string): Promise<WaitingPrompt | undefined> {
      return db
        .select()
        .from(waitingPrompts)
        .where(and(inConversation(ownerId, conversationId), HELD))
        .orderBy(asc(waitingPrompts.id))
        .limit(1)
        .get();
    },

    /** The owner's waiting prompt, or undefined. */
    async find(ownerId: string, id: string): Promise<WaitingPrompt | undefined> {
      return db.select().from(waitingPrompts).where(owned(ownerId, id)).get();
    },

    /** Puts it in other words, in its place in the order; false where it waits no longer. */
    async edit(
      ownerId: string,
      id: string,
      now: Pick<WaitingPrompt, "prompt" | "model">,
    ): Promise<boolean> {
      return changed(
        db
          .update(waitingPrompts)
          .set(now)
          .where(owned(ownerId, id))
          .returning({ id: waitingPrompts.id })
          .all(),
      );
    },

    /** Takes it away and gives what it was; undefined where it waits no longer. Its files are loose from `now` on. */
    async remove(ownerId: string, id: string, now: number): Promise<Withdrawn | undefined> {
      return db.transaction((tx) => {
        const mine = and(eq(attachments.ownerId, ownerId), eq(attachments.waitingPromptId, id));
        const loose = tx
          .update(attachments)
          .set({ waitingPromptId: null, createdAt: now })
          .where(mine)
          .returning({ id: attachments.id })
          .all();
        const prompt = tx.delete(waitingPrompts).where(owned(ownerId, id)).returning().get();
        return prompt && { ...prompt, files: loose.map((file) => file.id) };
      });
    },

    /** The answers, of every owner, that prompts wait for: what a start has to deal with. */
    async answers(): Promise<Pick<WaitingPrompt, "ownerId" | "conversationId" | "behindId">[]> {
      return db
        .selectDistinct({
          ownerId: waitingPrompts.ownerId,
          conversationId: waitingPrompts.conversationId,
          behindId: waitingPrompts.behindId,
        })
        .from(waitingPrompts)
        .all();
    },
  };
}
