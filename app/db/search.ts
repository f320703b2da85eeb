import { and, asc, desc, eq, type SQL, sql } from "drizzle-orm";
import { conversations, messages, searchDocuments } from "./schema";
import type { Scope } from "./scope";
import { indexedUpTo } from "./search-index";
import { type Plan, planOf, type SearchQuery, termsOf } from "./search-plan";

export type { SearchQuery } from "./search-plan";
export type { SearchWords } from "./search-text";

export interface FoundTitle {
  conversationId: string;
  title: string;
  archived: boolean;
  updatedAt: number;
}

export interface FoundMessage {
  conversationId: string;
  messageId: string;
  title: string;
  archived: boolean;
  role: (typeof messages.$inferSelect)["role"];
  model: string | null;
  content: string;
  createdAt: number;
}

export interface Found<T> {
  found: T[];
  /** Start of the next page, if there may be one; after a long search a page can be short or empty. */
  next?: number;
}

const LARGEST_BATCH = 2_000;
const PATIENCE_MS = 1_000;

/** Matching messages, newest first, from `next` of the page before; rejects if the signal aborts. */
export async function messagesWith(
  scope: Scope,
  query: SearchQuery,
  limit: number,
  behind?: number,
  signal?: AbortSignal,
): Promise<Found<FoundMessage>> {
  const plan = planOf(scope, "messages", query, behind);
  if (!plan) return { found: [] };
  const page = await collect(until(signal, scope), query, plan, limit);
  return { ...page, found: messagesOf(scope, page.found) };
}

/** Conversations with a matching title, newest first. Titles have no model, code or files. */
export async function titlesWith(
  scope: Scope,
  query: SearchQuery,
  limit: number,
  behind?: number,
  signal?: AbortSignal,
): Promise<Found<FoundTitle>> {
  if (query.models.length > 0 || query.code || query.file) return { found: [] };
  const plan = planOf(scope, "titles", query, behind);
  if (!plan) return { found: [] };
  const page = await collect(until(signal, scope), query, plan, limit);
  return { ...page, found: titlesOf(scope, page.found) };
}

function until(signal: AbortSignal | undefined, scope: Scope): Scope {
  const { reader } = scope;
  return {
    ...scope,
    reader: { all: (query) => reader.all(query, signal), close: () => reader.close() },
  };
}

export async function isSearchable({ ownerId }: Scope, query: SearchQuery): Promise<boolean> {
  return termsOf(ownerId, query) !== undefined;
}

/** False while old messages are not indexed yet. */
export async function isComplete({ db }: Scope): Promise<boolean> {
  return indexedUpTo(db) === null;
}

/** A page, newest first; read in another thread, since a phrase of common words is slow. */
async function collect(
  scope: Scope,
  query: SearchQuery,
  { high, ...plan }: Plan,
  limit: number,
): Promise<Found<number>> {
  const begun = performance.now();
  const found: number[] = [];
  let next: number | undefined = high;
  for (let batch = limit + 4; next !== undefined && found.length <= limit; ) {
    if (performance.now() - begun > PATIENCE_MS) return { found, next };
    const some = await candidates(scope, { ...plan, high: next }, batch);
    const shown = new Set(await allowed(scope, query, plan.of, some));
    found.push(...some.filter((number) => shown.has(number)));
    next = some.length === batch ? some.at(-1) : undefined;
    batch = Math.min(batch * 8, LARGEST_BATCH);
  }
  const page = found.slice(0, limit);
  if (found.length > limit) next = page.at(-1);
  return { found: page, next };
}

async function candidates(
  { reader }: Scope,
  { of, match, low, high }: Plan,
  limit: number,
): Promise<number[]> {
  const rows = await reader.all<{ id: number }>(
    of === "messages"
      ? sql`
          select rowid as id from search_index
          where search_index match ${match} and rowid >= ${low} and rowid < ${high}
          order by rowid desc limit ${limit}`
      : sql`
          select rowid as id from search_titles
          where search_titles match ${match} and rowid <= ${-low} and rowid > ${-high}
          order by rowid asc limit ${limit}`,
  );
  return rows.map(({ id }) => Math.abs(id));
}

async function allowed(
  { reader, ownerId }: Scope,
  query: SearchQuery,
  of: Plan["of"],
  numbers: number[],
): Promise<number[]> {
  const rows = await reader.all<{ id: number }>(sql`
      select d.id from json_each(${JSON.stringify(documentsOf(of, numbers))}) asked
      join search_documents d on d.id = asked.value
      join conversations c on c.id = d.conversation_id
      where d.owner_id = ${ownerId} and c.deleted_at is null
        and c.archived >= ${query.archived ? 1 : 0} and c.pinned >= ${query.pinned ? 1 : 0}`);
  return rows.map(({ id }) => Math.abs(id));
}

function documentsOf(of: Plan["of"], numbers: readonly number[]): number[] {
  return of === "messages" ? [...numbers] : numbers.map((number) => -number);
}

function messagesOf({ db, ownerId }: Scope, numbers: number[]): FoundMessage[] {
  return db
    .select({
      conversationId: searchDocuments.conversationId,
      messageId: messages.id,
      title: conversations.title,
      archived: conversations.archived,
      role: messages.role,
      model: messages.model,
      content: messages.content,
      createdAt: messages.createdAt,
    })
    .from(searchDocuments)
    .innerJoin(messages, eq(messages.id, searchDocuments.messageId))
    .innerJoin(conversations, eq(conversations.id, searchDocuments.conversationId))
    .where(and(eq(searchDocuments.ownerId, ownerId), oneOf(documentsOf("messages", numbers))))
    .orderBy(desc(searchDocuments.id))
    .all();
}

function titlesOf({ db, ownerId }: Scope, numbers: number[]): FoundTitle[] {
  return db
    .select({
      conversationId: conversations.id,
      title: conversations.title,
      archived: conversations.archived,
      updatedAt: conversations.updatedAt,
    })
    .from(searchDocuments)
    .innerJoin(conversations, eq(conversations.id, searchDocuments.conversationId))
    .where(and(eq(searchDocuments.ownerId, ownerId), oneOf(documentsOf("titles", numbers))))
    .orderBy(asc(searchDocuments.id))
    .all();
}

/** One parameter, since a statement for each length would be too many to cache. */
function oneOf(ids: number[]): SQL {
  return sql`${searchDocuments.id} in (select value from json_each(${JSON.stringify(ids)}))`;
}
