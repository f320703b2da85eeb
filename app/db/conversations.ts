import {
  and,
  asc,
  desc,
  eq,
  gt,
  inArray,
  isNotNull,
  isNull,
  lte,
  type SQL,
  sql,
} from "drizzle-orm";
import type { Steering } from "~/steering";
import { changed } from "./changed";
import type { Drizzle } from "./open";
import { conversations, type generations, messages } from "./schema";
import { indexTitle } from "./search-index";

export type Conversation = typeof conversations.$inferSelect;
type GenerationState = (typeof generations.$inferSelect)["state"];

/** A row of the list; `state` and `model` are those of its newest generation. */
export interface ConversationRow {
  id: string;
  title: string;
  leafId: string | null;
  pinned: boolean;
  archived: boolean;
  updatedAt: number;
  state: GenerationState | null;
  model: string | null;
}

/** Where a page of the list ends: the next one begins behind it. */
export interface ListPosition {
  pinned: boolean;
  updatedAt: number;
  id: string;
}

/** Conversations as one lists, names, keeps and deletes them. */
export function conversationQueries(db: Drizzle) {
  /** Gives a conversation its title where the condition holds, and lets search know. */
  function entitle(
    id: string,
    values: Pick<Conversation, "title" | "titledBy">,
    where: SQL | undefined,
  ): boolean {
    return db.transaction((tx) => {
      const entitled = changed(
        tx.update(conversations).set(values).where(where).returning(ID).all(),
      );
      if (entitled) indexTitle(tx, id);
      return entitled;
    });
  }

  return {
    /** The owner's conversation, or undefined: absent and someone else's look the same. */
    async find(ownerId: string, id: string): Promise<Conversation | undefined> {
      return db.select().from(conversations).where(kept(ownerId, id)).get();
    },

    /** Sets how the answers of a conversation are to be written. */
    async steer(ownerId: string, id: string, steering: Steering): Promise<void> {
      db.update(conversations)
        .set({ steering })
        .where(and(eq(conversations.id, id), eq(conversations.ownerId, ownerId)))
        .run();
    },

    /**
     * Up to `limit` conversations, pinned ones first, then the newest, behind `after` where it is given
     * (keyset, no count); the archived ones instead where `archived` is true.
     */
    async list(
      ownerId: string,
      limit: number,
      { after, archived = false }: { after?: ListPosition | undefined; archived?: boolean } = {},
    ): Promise<ConversationRow[]> {
      return db
        .select({
          id: conversations.id,
          title: conversations.title,
          leafId: conversations.leafId,
          pinned: conversations.pinned,
          archived: conversations.archived,
          updatedAt: conversations.updatedAt,
          state: newest<GenerationState | null>("state"),
          model: newest<string | null>("model"),
        })
        .from(conversations)
        .where(
          and(
            eq(conversations.ownerId, ownerId),
            eq(conversations.archived, archived),
            isNull(conversations.deletedAt),
            behind(after),
          ),
        )
        .orderBy(desc(conversations.pinned), desc(conversations.updatedAt), desc(conversations.id))
        .limit(limit)
        .all();
    },

    /** Gives a title by hand; false where there is no such conversation. */
    async rename(ownerId: string, id: string, title: string): Promise<boolean> {
      return entitle(id, { title, titledBy: "person" }, kept(ownerId, id));
    },

    /** Gives the title that a model wrote, unless there is a better one by now; false where there is. */
    async setMadeTitle(ownerId: string, id: string, title: string): Promise<boolean> {
      const madeFromPrompt = and(kept(ownerId, id), eq(conversations.titledBy, "prompt"));
      return entitle(id, { title, titledBy: "model" }, madeFromPrompt);
    },

    /** Keeps it at the top of the list, or no longer; false where there is no such conversation. */
    async setPinned(ownerId: string, id: string, pinned: boolean): Promise<boolean> {
      return changed(
        db.update(conversations).set({ pinned }).where(kept(ownerId, id)).returning(ID).all(),
      );
    },

    /** Takes it out of the list without losing it, or brings it back; false where there is none. */
    async setArchived(ownerId: string, id: string, archived: boolean): Promise<boolean> {
      return changed(
        db.update(conversations).set({ archived }).where(kept(ownerId, id)).returning(ID).all(),
      );
    },

    /** Marks it as deleted: nothing finds it any more, but it can be taken back. False where there is none. */
    async markDeleted(ownerId: string, id: string, deletedAt: number): Promise<boolean> {
      return changed(
        db.update(conversations).set({ deletedAt }).where(kept(ownerId, id)).returning(ID).all(),
      );
    },

    /** A conversation that was deleted after `since`, or undefined. */
    async findDeleted(
      ownerId: string,
      id: string,
      since: number,
    ): Promise<{ title: string; deletedAt: number | null } | undefined> {
      return db
        .select({ title: conversations.title, deletedAt: conversations.deletedAt })
        .from(conversations)
        .where(deletedAfter(ownerId, id, since))
        .get();
    },

    /** Takes back a deletion later than `since`; false where there is none. */
    async restore(ownerId: string, id: string, since: number): Promise<boolean> {
      return changed(
        db
          .update(conversations)
          .set({ deletedAt: null })
          .where(deletedAfter(ownerId, id, since))
          .returning(ID)
          .all(),
      );
    },

    /** Up to `limit` conversations of every owner that were deleted at `until` or before. */
    async deletedUntil(until: number, limit: number): Promise<{ id: string; ownerId: string }[]> {
      return db
        .select({ id: conversations.id, ownerId: conversations.ownerId })
        .from(conversations)
        .where(and(isNotNull(conversations.deletedAt), lte(conversations.deletedAt, until)))
        .orderBy(asc(conversations.deletedAt))
        .limit(limit)
        .all();
    },

    /**
     * Removes a part of a deleted conversation for good, at most `limit` messages, and in the end itself;
     * true when nothing of it is left. From the first call on it cannot be taken back.
     */
    async purgePart(id: string, limit: number): Promise<boolean> {
      return db.transaction((tx) => {
        const begun = tx
          .update(conversations)
          .set({ deletedAt: 0 })
          .where(and(eq(conversations.id, id), isNotNull(conversations.deletedAt)))
          .returning(ID)
          .get();
        if (!begun) return true;
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
    },
  };
}

const ID = { id: conversations.id };

/** The owner's conversation, unless it is deleted. */
function kept(ownerId: string, id: string): SQL | undefined {
  return and(
    eq(conversations.ownerId, ownerId),
    eq(conversations.id, id),
    isNull(conversations.deletedAt),
  );
}

function deletedAfter(ownerId: string, id: string, since: number): SQL | undefined {
  return and(
    eq(conversations.ownerId, ownerId),
    eq(conversations.id, id),
    gt(conversations.deletedAt, since),
  );
}

/** A column of the newest generation. The names are written out, since Drizzle leaves that of the table away. */
function newest<T>(column: "state" | "model"): SQL<T> {
  return sql<T>`(
    select ${sql.raw(`g.${column}`)} from generations g
    where g.conversation_id = conversations.id order by g.id desc limit 1)`;
}

function behind(after: ListPosition | undefined): SQL | undefined {
  if (!after) return undefined;
  // Rows of values compare as the index sorts, so SQLite begins where the page does.
  return sql`(${conversations.pinned}, ${conversations.updatedAt}, ${conversations.id})
    < (${after.pinned ? 1 : 0}, ${after.updatedAt}, ${after.id})`;
}
