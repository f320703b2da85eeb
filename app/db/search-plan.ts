import { and, desc, eq, isNull, sql } from "drizzle-orm";
import { conversations, searchModels } from "./schema";
import type { Scope } from "./scope";
import { documentAt } from "./search-index";
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

/** A query for the index with its range; numbers of titles are negated. */
export interface Plan {
  of: "messages" | "titles";
  match: string;
  low: number;
  high: number;
}

/** With more pinned or archived conversations, each result is checked instead. */
const MOST_NAMED = 300;

/** What to ask the index for a query; undefined if nothing can match. */
export function planOf(
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

/** The expressions that must all match; undefined if the query asks for nothing. */
export function termsOf(ownerId: string, query: SearchQuery): string[] | undefined {
  const words = query.words.flatMap((each) => expressionOf(each) ?? []);
  const { words: asked, models, without, ...rest } = query;
  const isFiltered = Object.values(rest).some((value) => value !== undefined);
  if (words.length + models.length + without.length === 0 && !isFiltered) return undefined;
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
