import { and, asc, between, desc, eq, lt, sql } from "drizzle-orm";
import type { Transaction } from "./open";
import { conversations, messages, searchDocuments, searchModels, upkeep } from "./schema";
import { indexedText } from "./search-text";

/** A document's number is its creation second times this; small, since the index stores distances of numbers. */
const PER_SECOND = 16;

export type IndexedMessage = Pick<
  typeof messages.$inferSelect,
  "id" | "ownerId" | "conversationId" | "role" | "content" | "model" | "createdAt"
> & {
  file?: boolean;
};

export const INDEXING = eq(upkeep.name, "search index");

/** The last indexed old message; null if all are indexed. */
export function indexedUpTo(db: Transaction): string | null {
  const row = db.select({ position: upkeep.position }).from(upkeep).where(INDEXING).get();
  return row?.position ?? null;
}

/** The smallest document number from this time (Unix milliseconds). */
export function documentAt(time: number): number {
  return Math.max(1, Math.floor(time / 1000) * PER_SECOND);
}

/** Indexes a message, or its changed text; skips one without text and files. */
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

/** Titles have their own index, so that searching them does not scan messages. */
function write(tx: Transaction, document: number, text: string): void {
  tx.run(
    document < 0
      ? sql`insert or replace into search_titles (rowid, words) values (${document}, ${text})`
      : sql`insert or replace into search_index (rowid, words) values (${document}, ${text})`,
  );
}

/** A free number of this second, else in its hour: an import can have thousands in one second. */
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

/** `from` is inclusive, `to` exclusive. */
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
