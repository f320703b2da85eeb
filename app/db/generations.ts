import { and, asc, desc, eq, inArray, type SQL, sql } from "drizzle-orm";
import { nonNegative } from "~/shared/non-negative";
import type { Asked } from "~/steering";
import { isThere } from "./branches";
import { changed } from "./changed";
import { isLive, liveBelow } from "./live";
import { charactersTo } from "./messages";
import type { Drizzle } from "./open";
import { conversations, generations, messages, pieces } from "./schema";
import { indexMessageById } from "./search-index";

export type Generation = typeof generations.$inferSelect;
export type NewPiece = typeof pieces.$inferInsert;

/** How a generation can end; whatever else it reports goes to the row. */
export type GenerationEnd = Pick<Generation, "endedAt"> & {
  state: "finished" | "stopped" | "failed" | "interrupted";
} & Partial<
    Pick<
      Generation,
      | "doneReason"
      | "errorCode"
      | "errorDetail"
      | "firstTokenMs"
      | "promptTokens"
      | "answerTokens"
      | "totalMs"
      | "loadMs"
      | "promptMs"
      | "answerMs"
      | "contextTokens"
      | "turnsDropped"
      | "promptCut"
    >
  >;

/** An answer, and what its host has counted of it. */
export interface MeasuredAnswer {
  modelDigest: string | null;
  promptTokens: number;
  answerTokens: number | null;
  answerCharacters: number;
  thinkingCharacters: number;
  /** Of the branch down to the answer, itself among them. */
  pathCharacters: number;
  /** Pictures of the branch: all of them were sent. */
  pathPictures: number;
  /** Characters that the host was sent; unknown of old answers. */
  characters: number | undefined;
  contextTokens: number | null;
  /** The context that was asked for, if any. */
  numCtx: number | undefined;
  /** Whether the host left something out. */
  cut: boolean;
}

/** How far up a branch one looks for figures, and how far back in a conversation. */
const NEAR = 24;

/** How answers come to be: queued, running, ended; and what their hosts counted. */
export function generationQueries(db: Drizzle) {
  // With many answers at once it runs thousands of times a second, so it is built only once.
  const insertPiece = db
    .insert(pieces)
    .values({
      ownerId: sql.placeholder("ownerId"),
      generationId: sql.placeholder("generationId"),
      seq: sql.placeholder("seq"),
      thinking: sql.placeholder("thinking"),
      content: sql.placeholder("content"),
    })
    .prepare();

  return {
    /** The owner's generation, or undefined. */
    async find(ownerId: string, id: string): Promise<Generation | undefined> {
      return db
        .select()
        .from(generations)
        .where(and(eq(generations.ownerId, ownerId), eq(generations.id, id)))
        .get();
    },

    /** The newest generation of each of these messages. */
    async newestOf(messageIds: readonly string[]): Promise<Generation[]> {
      if (messageIds.length === 0) return [];
      const newest = db
        .select({ id: sql<string>`max(${generations.id})` })
        .from(generations)
        .where(inArray(generations.messageId, [...messageIds]))
        .groupBy(generations.messageId);
      return db.select().from(generations).where(inArray(generations.id, newest)).all();
    },

    /** Whether this is the only generation of its conversation that has finished. */
    async isFirstFinished(id: string, conversationId: string): Promise<boolean> {
      const finished = db
        .select({ id: generations.id })
        .from(generations)
        .where(
          and(eq(generations.conversationId, conversationId), eq(generations.state, "finished")),
        )
        .orderBy(asc(generations.id))
        .limit(2)
        .all();
      return finished.length === 1 && finished[0]?.id === id;
    },

    /**
     * The nearest answer with figures on the branch that ends with this message, the message itself among
     * them; only of these weights where `modelDigest` is given. It costs the same for every length.
     */
    async measured(
      ownerId: string,
      messageId: string,
      modelDigest?: string,
    ): Promise<MeasuredAnswer | undefined> {
      const [row] = db.all<Record<string, unknown>>(sql`
        with recursive path(id, parent_id, depth) as (
          select id, parent_id, 0 from messages where id = ${messageId} and owner_id = ${ownerId}
          union all
          select m.id, m.parent_id, depth + 1 from messages m join path on m.id = path.parent_id
          where depth < ${NEAR}
        )
        select g.model_digest, g.prompt_tokens, g.answer_tokens, g.context_tokens,
          g.turns_dropped or g.prompt_cut as cut,
          g.asked ->> 'characters' as characters, g.asked ->> 'num_ctx' as num_ctx,
          m.path_characters, m.path_pictures, length(m.content) as answer_characters,
          length(m.thinking) as thinking_characters
        from path join messages m on m.id = path.id join generations g on g.message_id = path.id
        where ${isCount(sql`g.prompt_tokens`)} and g.state = 'finished'
          and ${modelDigest === undefined ? sql`true` : sql`g.model_digest = ${modelDigest}`}
        order by path.depth, g.id desc limit 1`);
      return row && measuredFrom(row);
    },

    /** What a model held at once when it last answered in a conversation, and what was asked for. */
    async lastContext(
      conversationId: string,
      model: string,
    ): Promise<{ contextTokens: number; numCtx: number | undefined } | undefined> {
      const [row] = db.all<{ context_tokens: number; num_ctx: number | null }>(sql`
        select context_tokens, asked ->> 'num_ctx' as num_ctx from (
          select id, model, context_tokens, asked from generations
          where conversation_id = ${conversationId} order by id desc limit ${NEAR}
        ) where model = ${model} and ${isCount(sql`context_tokens`)} order by id desc limit 1`);
      return row && { contextTokens: row.context_tokens, numCtx: row.num_ctx ?? undefined };
    },

    /** The newest generation of a conversation, or undefined where it has none. */
    async newestIn(ownerId: string, conversationId: string): Promise<Generation | undefined> {
      return db
        .select()
        .from(generations)
        .where(
          and(eq(generations.ownerId, ownerId), eq(generations.conversationId, conversationId)),
        )
        .orderBy(desc(generations.id))
        .limit(1)
        .get();
    },

    /** The newest answer that is being written, or is to be, at a message or below; see `liveBelow`. */
    async liveBelow(conversationId: string, messageId: string | null): Promise<string | undefined> {
      return liveBelow(db, conversationId, messageId);
    },

    /**
     * Queues a further generation of an answer (Continue). Nothing is queued where it is being written already
     * (`live`: two would write into one), where something was said to it as it stands (`answered`), or where
     * it has been deleted (`gone`).
     */
    async add(generation: {
      id: string;
      ownerId: string;
      conversationId: string;
      messageId: string;
      model: string;
      now: number;
    }): Promise<"queued" | "live" | "answered" | "gone"> {
      const { now, ...values } = generation;
      const { ownerId, messageId, conversationId } = generation;
      return db.transaction((tx) => {
        if (!isThere(tx, ownerId, messageId, conversationId)) return "gone";
        if (tx.get(sql`select 1 from messages where parent_id = ${messageId} limit 1`)) {
          return "answered";
        }
        if (isLive(tx, messageId)) return "live";
        tx.insert(generations)
          .values({ ...values, state: "queued", createdAt: now })
          .run();
        tx.update(conversations)
          .set({ updatedAt: now })
          .where(eq(conversations.id, conversationId))
          .run();
        return "queued";
      });
    },

    /** Queued and running ones, oldest first, of every owner: what a start has to deal with. */
    async unfinished(): Promise<Generation[]> {
      return db
        .select()
        .from(generations)
        .where(inArray(generations.state, ["queued", "running"]))
        .orderBy(asc(generations.id))
        .all();
    },

    /** Turns a queued generation into a running one; false where it is queued no longer. */
    async start(id: string, startedAt: number): Promise<boolean> {
      return changed(
        db
          .update(generations)
          .set({ state: "running", startedAt })
          .where(and(eq(generations.id, id), eq(generations.state, "queued")))
          .returning({ id: generations.id })
          .all(),
      );
    },

    /** Turns a running generation back into a queued one. */
    async putBack(id: string): Promise<void> {
      db.update(generations)
        .set({ state: "queued", startedAt: null })
        .where(and(eq(generations.id, id), eq(generations.state, "running")))
        .run();
    },

    /** Keeps which weights a generation runs on, and with what they were asked. */
    async setAsked(id: string, modelDigest: string, asked: Asked): Promise<void> {
      db.update(generations).set({ modelDigest, asked }).where(eq(generations.id, id)).run();
    },

    /** Appends what several generations have written, in one transaction. */
    async append(rows: readonly NewPiece[]): Promise<void> {
      if (rows.length === 0) return;
      db.transaction(() => {
        for (const row of rows) insertPiece.run(row);
      });
    },

    /**
     * Ends a generation once: the update is guarded on the states it may end from, and only the one who
     * wins it makes the pieces into the message. False for everyone else.
     */
    async end(id: string, end: GenerationEnd): Promise<boolean> {
      return db.transaction((tx) => {
        const won = tx
          .update(generations)
          .set(end)
          .where(and(eq(generations.id, id), inArray(generations.state, ["queued", "running"])))
          .returning({ messageId: generations.messageId })
          .get();
        if (!won) return false;
        const written = tx
          .select({ thinking: pieces.thinking, content: pieces.content })
          .from(pieces)
          .where(eq(pieces.generationId, id))
          .orderBy(asc(pieces.seq))
          .all();
        const content = sql`messages.content || ${written.map((piece) => piece.content).join("")}`;
        tx.update(messages)
          .set({
            content,
            pathCharacters: charactersTo(sql`messages.parent_id`, content),
            thinking: sql`${messages.thinking} || ${written.map((piece) => piece.thinking).join("")}`,
          })
          .where(eq(messages.id, won.messageId))
          .run();
        tx.delete(pieces).where(eq(pieces.generationId, id)).run();
        indexMessageById(tx, won.messageId);
        return true;
      });
    },
  };
}

/** Whether a column holds a count that can be true: integers come to the script whole up to here. */
function isCount(column: SQL): SQL {
  return sql`typeof(${column}) = 'integer' and ${column} between 1 and ${Number.MAX_SAFE_INTEGER}`;
}

function measuredFrom(row: Record<string, unknown>): MeasuredAnswer {
  const number = (name: string) => row[name] as number;
  return {
    modelDigest: row.model_digest as string | null,
    promptTokens: number("prompt_tokens"),
    answerTokens: nonNegative(row.answer_tokens) ?? null,
    answerCharacters: number("answer_characters"),
    thinkingCharacters: number("thinking_characters"),
    pathCharacters: number("path_characters"),
    pathPictures: number("path_pictures"),
    characters: nonNegative(row.characters),
    contextTokens: nonNegative(row.context_tokens) || null,
    numCtx: nonNegative(row.num_ctx),
    cut: row.cut === 1,
  };
}
