import { and, asc, desc, eq, isNull, type SQL, sql } from "drizzle-orm";
import { conversations, messages, searchDocuments, searchModels } from "./schema";
import type { Scope } from "./scope";
import { documentAt, indexedUpTo } from "./search-index";
import {
  CODE_TERM,
  conversationTerm,
  expressionOf,
  FILE_TERM,
  modelTerm,
  ownerTerm,
  quoted,
  type SearchWords,
} from "./search-text";

export type { SearchWords } from "./search-text";

export interface SearchQuery {
  words: SearchWords[];
  without: SearchWords[];
  /** Beginnings of names in lower case; one must match. */
  models: string[];
  /** Unix milliseconds, inclusive. */
  after?: number;
  /** Unix milliseconds, exclusive. */
  before?: number;
  pinned?: true;
  archived?: true;
  code?: true;
  file?: true;
}

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

/** With more pinned or archived conversations, each result is checked instead. */
const MOST_NAMED = 300;
const LARGEST_BATCH = 2_000;
const PATIENCE_MS = 1_000;

/** A query for the index with its range; numbers of titles are negated. */
interface Plan {
  of: "messages" | "titles";
  match: string;
  low: number;
  high: number;
}

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

function planOf(
  scope: Scope,
  of: Plan["of"],
  query: SearchQuery,
  behind: number | undefined,
): Plan | undefined {
  const match = matchOf(scope, query);
  if (match === undefined) return undefined;
  const ends = [behind, query.before && documentAt(query.before), latestOf(scope, query)];
  return {
    of,
    match,
    low: query.after === undefined ? 1 : documentAt(query.after),
    high: Math.min(Number.MAX_SAFE_INTEGER, ...ends.filter((end) => end !== undefined)),
  };
}

function matchOf(scope: Scope, query: SearchQuery): string | undefined {
  const terms = termsOf(scope.ownerId, query);
  if (terms === undefined) return undefined;
  if (query.models.length > 0) {
    const names = modelsNamed(scope, query.models);
    if (names.length === 0) return undefined;
    terms.push(anyOf(names.map(modelTerm)));
  }
  if (query.pinned || query.archived) {
    const ids = conversationsOf(scope, query);
    if (ids.length === 0) return undefined;
    if (ids.length <= MOST_NAMED) terms.push(anyOf(ids.map(conversationTerm)));
  }
  const without = query.without.flatMap((words) => expressionOf(words) ?? []);
  const match = terms.join(" AND ");
  return without.length === 0 ? match : `(${match}) NOT (${without.join(" OR ")})`;
}

function termsOf(ownerId: string, query: SearchQuery): string[] | undefined {
  const words = query.words.flatMap((each) => expressionOf(each) ?? []);
  const { words: asked, models, without, ...rest } = query;
  const more = models.length + without.length + Object.keys(rest).length;
  if (words.length === 0 && more === 0) return undefined;
  return [
    ...words,
    ...(query.code ? [CODE_TERM] : []),
    ...(query.file ? [FILE_TERM] : []),
    quoted(ownerTerm(ownerId)),
  ];
}

function anyOf(terms: string[]): string {
  return `(${terms.map(quoted).join(" OR ")})`;
}

function modelsNamed({ db, ownerId }: Scope, beginnings: string[]): string[] {
  return db
    .select({ model: searchModels.model })
    .from(searchModels)
    .where(eq(searchModels.ownerId, ownerId))
    .all()
    .map(({ model }) => model)
    .filter((model) => beginnings.some((begin) => model.toLowerCase().startsWith(begin)));
}

/** The pinned or archived conversations; one more than can be named if there are many. */
function conversationsOf({ db, ownerId }: Scope, query: SearchQuery): string[] {
  // Both values of `archived` are given, so that SQLite uses the index of the list.
  return db
    .select({ id: conversations.id })
    .from(conversations)
    .where(
      and(
        eq(conversations.ownerId, ownerId),
        query.archived ? eq(conversations.archived, true) : sql`conversations.archived in (0, 1)`,
        query.pinned ? eq(conversations.pinned, true) : undefined,
        isNull(conversations.deletedAt),
      ),
    )
    .limit(MOST_NAMED + 1)
    .all()
    .map(({ id }) => id);
}

/** The newest document that an archived conversation can have. */
function latestOf({ db, ownerId }: Scope, query: SearchQuery): number | undefined {
  if (!query.archived) return undefined;
  const changes = [true, false].map(
    (pinned) =>
      db
        .select({ updatedAt: conversations.updatedAt })
        .from(conversations)
        .where(
          and(
            eq(conversations.ownerId, ownerId),
            eq(conversations.archived, true),
            eq(conversations.pinned, pinned),
            isNull(conversations.deletedAt),
          ),
        )
        .orderBy(desc(conversations.updatedAt))
        .limit(1)
        .get()?.updatedAt ?? 0,
  );
  return documentAt(Math.max(...changes) + HOUR_MS);
}

/** Documents of one second may be numbered a little later. */
const HOUR_MS = 3_600_000;

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
