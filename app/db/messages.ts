import { and, eq, type SQL, sql } from "drizzle-orm";
import type { Drizzle } from "./open";
import { conversations, generations, messages } from "./schema";

export type Message = typeof messages.$inferSelect;
export type NewMessage = Pick<Message, "id" | "parentId" | "role" | "content"> & {
  model?: string;
};

/** What one prompt writes, all of it or nothing. */
export interface NewTurn {
  ownerId: string;
  conversationId: string;
  /** Given for the first turn of a conversation. */
  title?: string;
  /** In order from parent to child; the last one is the answer to come. */
  messages: NewMessage[];
  generation: { id: string; model: string };
  now: number;
}

/** The ids of a message's alternatives, itself among them, oldest first. */
export interface Alternatives {
  messageId: string;
  ids: string[];
}

/** What `path_characters` of a message is: its parent's, and the length of its own text. */
export function charactersTo(parentId: string | null | SQL, content: string | SQL): SQL<number> {
  return sql`coalesce((select p.path_characters from messages p where p.id = ${parentId}), 0)
    + length(${content})`;
}

export function messageQueries(db: Drizzle) {
  return {
    /** Writes a turn, its queued generation and the branch that it is on, in one transaction. */
    async addTurn(turn: NewTurn): Promise<void> {
      const { ownerId, conversationId, now } = turn;
      const answer = turn.messages.at(-1);
      if (!answer) throw new Error("a turn has at least the answer to come");
      db.transaction((tx) => {
        if (turn.title !== undefined) {
          tx.insert(conversations)
            .values({
              id: conversationId,
              ownerId,
              title: turn.title,
              leafId: answer.id,
              createdAt: now,
              updatedAt: now,
            })
            .run();
        } else {
          tx.update(conversations)
            .set({ leafId: answer.id, updatedAt: now })
            .where(and(eq(conversations.id, conversationId), eq(conversations.ownerId, ownerId)))
            .run();
        }
        for (const message of turn.messages) {
          tx.insert(messages)
            .values({
              ...message,
              ownerId,
              conversationId,
              pathCharacters: charactersTo(message.parentId, message.content),
              createdAt: now,
            })
            .run();
        }
        tx.insert(generations)
          .values({
            ...turn.generation,
            ownerId,
            conversationId,
            messageId: answer.id,
            state: "queued",
            createdAt: now,
          })
          .run();
      });
    },

    /** The owner's message, or undefined. */
    async find(ownerId: string, id: string): Promise<Message | undefined> {
      return db
        .select()
        .from(messages)
        .where(and(eq(messages.ownerId, ownerId), eq(messages.id, id)))
        .get();
    },

    /** The messages from the first one to `leafId`, in reading order. */
    async branch(ownerId: string, leafId: string): Promise<Message[]> {
      const ids = sql`
        with recursive path(id, parent_id, depth) as (
          select id, parent_id, 0 from messages where id = ${leafId} and owner_id = ${ownerId}
          union all
          select m.id, m.parent_id, depth + 1 from messages m join path on m.id = path.parent_id
        ) select id, depth from path`;
      return db
        .select({ message: messages })
        .from(messages)
        .innerJoin(sql`(${ids}) as path`, sql`path.id = ${messages.id}`)
        .orderBy(sql`path.depth desc`)
        .all()
        .map((row) => row.message);
    },

    /** The newest leaf below a message: follow the youngest child until there is none. */
    async newestLeaf(ownerId: string, id: string): Promise<string> {
      const row = db.get<{ id: string }>(sql`
        with recursive path(id, depth) as (
          select id, 0 from messages where id = ${id} and owner_id = ${ownerId}
          union all
          select (select max(c.id) from messages c
                  where c.conversation_id = m.conversation_id and c.parent_id = m.id), depth + 1
          from path join messages m on m.id = path.id
        ) select id from path where id is not null order by depth desc limit 1`);
      return row?.id ?? id;
    },

    /** For each message of a branch that has alternatives: all their ids, oldest first. */
    async alternatives(ownerId: string, leafId: string): Promise<Alternatives[]> {
      const rows = db.all<{ message_id: string; id: string }>(sql`
        with recursive path(id, parent_id, conversation_id) as (
          select id, parent_id, conversation_id from messages
          where id = ${leafId} and owner_id = ${ownerId}
          union all
          select m.id, m.parent_id, m.conversation_id
          from messages m join path on m.id = path.parent_id
        )
        select path.id as message_id, other.id as id
        from path join messages other
          on other.conversation_id = path.conversation_id and other.parent_id is path.parent_id
        order by path.id, other.id`);
      const byMessage = Map.groupBy(rows, (row) => row.message_id);
      return [...byMessage]
        .map(([messageId, others]) => ({ messageId, ids: others.map((row) => row.id) }))
        .filter((entry) => entry.ids.length > 1);
    },
  };
}
