import { and, asc, desc, eq, inArray, type SQL, sql } from "drizzle-orm";
import { nonNegative } from "~/shared/numbers";
import { isLive, liveBelow as newestLiveBelow } from "./live";
import { conversations, generations } from "./schema";
import { inTransaction, type Scope } from "./scope";
import { hasMessage } from "./tree";

export type Generation = typeof generations.$inferSelect;

export interface MeasuredAnswer {
  modelDigest: string | null;
  promptTokens: number;
  answerTokens: number | null;
  answerCharacters: number;
  thinkingCharacters: number;
  pathCharacters: number;
  pathPictures: number;
  characters: number | undefined;
  contextTokens: number | null;
  numCtx: number | undefined;
  cut: boolean;
}

export interface NewGeneration {
  id: string;
  conversationId: string;
  messageId: string;
  model: string;
  now: number;
}

const NEAR = 24;

export async function find({ db, ownerId }: Scope, id: string): Promise<Generation | undefined> {
  return db
    .select()
    .from(generations)
    .where(and(eq(generations.ownerId, ownerId), eq(generations.id, id)))
    .get();
}

export async function newestOf(
  { db, ownerId }: Scope,
  messageIds: readonly string[],
): Promise<Generation[]> {
  if (messageIds.length === 0) return [];
  const newest = db
    .select({ id: sql<string>`max(${generations.id})` })
    .from(generations)
    .where(and(inArray(generations.messageId, [...messageIds]), eq(generations.ownerId, ownerId)))
    .groupBy(generations.messageId);
  return db.select().from(generations).where(inArray(generations.id, newest)).all();
}

export async function isFirstFinished(
  scope: Scope,
  id: string,
  conversationId: string,
): Promise<boolean> {
  const finished = scope.db
    .select({ id: generations.id })
    .from(generations)
    .where(and(inConversation(scope, conversationId), eq(generations.state, "finished")))
    .orderBy(asc(generations.id))
    .limit(2)
    .all();
  return finished.length === 1 && finished[0]?.id === id;
}

/** The nearest answer with counts on the branch that ends with this message; of these weights, if given. Constant cost. */
export async function measured(
  { db, ownerId }: Scope,
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
}

/** The context that a model last had in a conversation, and the one requested. */
export async function lastContext(
  { db, ownerId }: Scope,
  conversationId: string,
  model: string,
): Promise<{ contextTokens: number; numCtx: number | undefined } | undefined> {
  const [row] = db.all<{ context_tokens: number; num_ctx: number | null }>(sql`
    select context_tokens, asked ->> 'num_ctx' as num_ctx from (
      select id, model, context_tokens, asked from generations
      where conversation_id = ${conversationId} and owner_id = ${ownerId}
      order by id desc limit ${NEAR}
    ) where model = ${model} and ${isCount(sql`context_tokens`)} order by id desc limit 1`);
  return row && { contextTokens: row.context_tokens, numCtx: row.num_ctx ?? undefined };
}

export async function newestIn(
  scope: Scope,
  conversationId: string,
): Promise<Generation | undefined> {
  return scope.db
    .select()
    .from(generations)
    .where(inConversation(scope, conversationId))
    .orderBy(desc(generations.id))
    .limit(1)
    .get();
}

/** The newest queued or running answer at a message or below it; of the conversation if it is null. */
export async function liveBelow(
  scope: Scope,
  conversationId: string,
  messageId: string | null,
): Promise<string | undefined> {
  return newestLiveBelow(scope, conversationId, messageId);
}

/** Queues another generation of an answer (Continue), unless it is live, has a message after it, or is gone. */
export async function add(
  scope: Scope,
  { now, ...generation }: NewGeneration,
): Promise<"queued" | "live" | "answered" | "gone"> {
  const { messageId, conversationId } = generation;
  return inTransaction(scope, (within) => {
    const { db, ownerId } = within;
    if (!hasMessage(within, messageId, conversationId)) return "gone";
    if (db.get(sql`select 1 from messages where parent_id = ${messageId} limit 1`)) {
      return "answered";
    }
    if (isLive(within, messageId)) return "live";
    db.insert(generations)
      .values({ ...generation, ownerId, state: "queued", createdAt: now })
      .run();
    db.update(conversations)
      .set({ updatedAt: now })
      .where(eq(conversations.id, conversationId))
      .run();
    return "queued";
  });
}

function inConversation({ ownerId }: Scope, conversationId: string): SQL | undefined {
  return and(eq(generations.ownerId, ownerId), eq(generations.conversationId, conversationId));
}

/** SQLite's integers can be larger than JavaScript's. */
function isCount(column: SQL): SQL {
  return sql`typeof(${column}) = 'integer' and ${column} between 1 and ${Number.MAX_SAFE_INTEGER}`;
}

function measuredFrom(row: Record<string, unknown>): MeasuredAnswer {
  // The statement in `measured` selects numbers only.
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
