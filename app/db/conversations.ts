import { and, desc, eq, isNull, type SQL, sql } from "drizzle-orm";
import type { Drizzle } from "./open";
import { conversations, type generations } from "./schema";

export type Conversation = typeof conversations.$inferSelect;
type GenerationState = (typeof generations.$inferSelect)["state"];

/** A row of the list; `state` is that of its newest generation. */
export interface ConversationRow {
  id: string;
  title: string;
  leafId: string | null;
  pinned: boolean;
  updatedAt: number;
  state: GenerationState | null;
}

/** Where a page of the list ends: the next one begins behind it. */
export interface ListPosition {
  pinned: boolean;
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
        .where(
          and(
            eq(conversations.ownerId, ownerId),
            eq(conversations.id, id),
            isNull(conversations.deletedAt),
          ),
        )
        .get();
    },

    /** Up to `limit` conversations, pinned ones first, then the newest, behind `after` where it is given (keyset, no count). */
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
          pinned: conversations.pinned,
          updatedAt: conversations.updatedAt,
          state: newest,
        })
        .from(conversations)
        .where(
          and(
            eq(conversations.ownerId, ownerId),
            eq(conversations.archived, false),
            isNull(conversations.deletedAt),
            behind(after),
          ),
        )
        .orderBy(desc(conversations.pinned), desc(conversations.updatedAt), desc(conversations.id))
        .limit(limit)
        .all();
    },
  };
}

function behind(after: ListPosition | undefined): SQL | undefined {
  if (!after) return undefined;
  // Rows of values compare as the index sorts, so SQLite begins where the page does.
  return sql`(${conversations.pinned}, ${conversations.updatedAt}, ${conversations.id})
    < (${after.pinned ? 1 : 0}, ${after.updatedAt}, ${after.id})`;
}
