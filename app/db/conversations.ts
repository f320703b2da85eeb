import { and, desc, eq, lt, or, type SQL, sql } from "drizzle-orm";
import type { Drizzle } from "./open";
import { conversations, type generations } from "./schema";

export type Conversation = typeof conversations.$inferSelect;
type GenerationState = (typeof generations.$inferSelect)["state"];

/** A row of the list; `state` is that of its newest generation. */
export interface ConversationRow {
  id: string;
  title: string;
  leafId: string | null;
  updatedAt: number;
  state: GenerationState | null;
}

/** Where a page of the list ends: the next one begins behind it. */
export interface ListPosition {
  updatedAt: number;
  id: string;
}

export function conversationQueries(db: Drizzle) {
  return {
    /** The owner's conversation, or undefined: absent and someone else's look the same. */
    async find(ownerId: string, id: string): Promise<Conversation | undefined> {
      return db
        .select()
        .from(conversations)
        .where(and(eq(conversations.ownerId, ownerId), eq(conversations.id, id)))
        .get();
    },

    /** Up to `limit` conversations, newest first, behind `after` where it is given (keyset, no count). */
    async list(ownerId: string, limit: number, after?: ListPosition): Promise<ConversationRow[]> {
      // Written out: in a query of one table Drizzle leaves the table's name away, here too.
      const newest = sql<GenerationState | null>`(
        select g.state from generations g
        where g.conversation_id = conversations.id order by g.id desc limit 1)`;
      return db
        .select({
          id: conversations.id,
          title: conversations.title,
          leafId: conversations.leafId,
          updatedAt: conversations.updatedAt,
          state: newest,
        })
        .from(conversations)
        .where(and(eq(conversations.ownerId, ownerId), behind(after)))
        .orderBy(desc(conversations.updatedAt), desc(conversations.id))
        .limit(limit)
        .all();
    },
  };
}

function behind(after: ListPosition | undefined): SQL | undefined {
  if (!after) return undefined;
  return or(
    lt(conversations.updatedAt, after.updatedAt),
    and(eq(conversations.updatedAt, after.updatedAt), lt(conversations.id, after.id)),
  );
}
