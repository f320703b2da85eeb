import { and, asc, between, desc, eq, lt, sql } from "drizzle-orm";
import type { Transaction } from "./open";
import { conversations, messages, searchDocuments, searchModels, upkeep } from "./schema";
import { indexedText } from "./search-text";

/**
 * A document's number is the second in which it came to be, times this. Coarse on purpose: the index writes
 * the distance of each document to the next one, once for each of its words.
 */
const PER_SECOND = 16;

/** What the index has to know of a message. */
export type IndexedMessage = Pick<
  typeof messages.$inferSelect,
  "id" | "ownerId" | "conversationId" | "role" | "content" | "model" | "createdAt"
> & {
  /** Whether a file belongs to it. */
  file?: boolean;
};

/** The row of `upkeep` that says how far the index has come through old messages. */
export const INDEXING = eq(upkeep.name, "search index");

/** The last old message that the index has; null if it has them all. */
export function indexedUpTo(db: Transaction): string | null {
  const row = db.select({ position: upkeep.position }).from(upkeep).where(INDEXING).get();
  return row?.position ?? null;
}

/** The least number that a document of this moment (Unix milliseconds) can have. */
export function documentAt(time: number): number {
  return Math.max(1, Math.floor(time / 1000) * PER_SECOND);
}

/**
 * Puts a message into the index, or its text of today in place of the former; one that has neither text nor a
 * file is left out.
 */
export function indexMessage(tx: Transaction, message: IndexedMessage): void {
  const { id, ownerId, conversationId, role, content, model, file } = message;
  if ((content.trim() === "" && !file) || role === "tool") return;
  const known = tx
    .select({ id: searchDocuments.id })
    .from(searchDocuments)
    .where(eq(searchDocuments.messageId, id))
    .get();
  const document = known?.id ?? freeFrom(tx, documentAt(message.createdAt), 1);
  if (!known) {
    tx.insert(searchDocuments)
      .values({ id: document, ownerId, conversationId, messageId: id })
      .run();
  }
  if (model) tx.insert(searchModels).values({ ownerId, model }).onConflictDoNothing().run();
  write(tx, document, indexedText(content, message));
}

/** Reads a message as it stands and indexes it: for those who have just changed it. */
export function indexMessageById(tx: Transaction, id: string): void {
  const message = tx
    .select({
      id: messages.id,
      ownerId: messages.ownerId,
      conversationId: messages.conversationId,
      role: messages.role,
      content: messages.content,
      model: messages.model,
      createdAt: messages.createdAt,
      file: sql<number>`exists (select 1 from attachments where attachments.message_id = messages.id)`,
    })
    .from(messages)
    .where(eq(messages.id, id))
    .get();
  if (message) indexMessage(tx, { ...message, file: message.file === 1 });
}

/** Puts the title of a conversation into the index, in place of a former one. */
export function indexTitle(tx: Transaction, conversationId: string): void {
  const conversation = tx
    .select({
      ownerId: conversations.ownerId,
      title: conversations.title,
      createdAt: conversations.createdAt,
    })
    .from(conversations)
    .where(eq(conversations.id, conversationId))
    .get();
  if (!conversation) return;
  const { ownerId, title, createdAt } = conversation;
  const known = tx
    .select({ id: searchDocuments.id })
    .from(searchDocuments)
    .where(and(eq(searchDocuments.conversationId, conversationId), lt(searchDocuments.id, 0)))
    .get();
  const document = known?.id ?? freeFrom(tx, -documentAt(createdAt), -1);
  if (!known) {
    tx.insert(searchDocuments)
      .values({ id: document, ownerId, conversationId, messageId: null })
      .run();
  }
  write(tx, document, indexedText(title, { ownerId, conversationId }));
}

/** Titles stand in an index of their own: who looks for one should not walk through every message. */
function write(tx: Transaction, document: number, text: string): void {
  tx.run(
    document < 0
      ? sql`insert or replace into search_titles (rowid, words) values (${document}, ${text})`
      : sql`insert or replace into search_index (rowid, words) values (${document}, ${text})`,
  );
}

/**
 * A number that no document has: of this second, else behind all that came within the next hour. Of an import
 * thousands may have come to be in one second.
 */
function freeFrom(tx: Transaction, first: number, direction: 1 | -1): number {
  const taken = new Set(numbersIn(tx, first, first + direction * PER_SECOND));
  for (let step = 0; step < PER_SECOND; step++) {
    const number = first + direction * step;
    if (!taken.has(number)) return number;
  }
  const hour = first + direction * PER_SECOND * 3_600;
  const [last = first] = numbersIn(tx, hour - direction, first - direction, 1);
  const next = last + direction;
  return next === hour ? freeFrom(tx, next, direction) : next;
}

/** The numbers of documents from one on and up to another, itself not included, in this order. */
function numbersIn(tx: Transaction, from: number, to: number, limit = PER_SECOND): number[] {
  const forwards = from < to;
  const [low, high] = forwards ? [from, to - 1] : [to + 1, from];
  return tx
    .select({ id: searchDocuments.id })
    .from(searchDocuments)
    .where(between(searchDocuments.id, low, high))
    .orderBy(forwards ? asc(searchDocuments.id) : desc(searchDocuments.id))
    .limit(limit)
    .all()
    .map(({ id }) => id);
}
