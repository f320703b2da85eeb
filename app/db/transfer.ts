import { and, asc, eq, gt, inArray, isNotNull, isNull, sql } from "drizzle-orm";
import type { Conversation } from "./conversations";
import type { Generation } from "./generations";
import { attachFiles } from "./given-files";
import type { Message } from "./messages";
import {
  attachments,
  BEING_WRITTEN,
  chunks,
  conversations,
  files,
  generations,
  messages,
} from "./schema";
import { inTransaction, type Scope } from "./scope";
import { indexMessage, indexMessageById, indexTitle } from "./search-index";
import { charactersTo, hasMessage, picturesTo } from "./tree";

export interface Attachment {
  messageId: string;
  name: string;
  hash: string;
  mediaType: string;
  size: number;
  width: number | null;
  height: number | null;
}

/** A whole conversation; answers that are being written have their text so far. */
export interface WholeConversation {
  conversation: Conversation;
  /** In the order of their creation. */
  messages: Message[];
  generations: Generation[];
  attachments: Attachment[];
}

export type WrittenConversation = Omit<
  Conversation,
  "ownerId" | "leafId" | "deletedAt" | "importedFrom"
> & { importedFrom: string };

export interface WrittenMessage {
  message: Omit<Message, "ownerId" | "clientId" | "leafId" | "pathCharacters" | "pathPictures">;
  generations: Omit<Generation, "ownerId" | "conversationId" | "messageId">[];
  loose: string[];
  /** Left to `WrittenPart.index`, since indexing a long text takes a transaction of its own. */
  indexLater?: boolean;
}

export interface WrittenPart {
  begin?: WrittenConversation;
  messages: readonly WrittenMessage[];
  /** Messages written with `indexLater`. */
  index?: readonly string[];
  /** Leaves last viewed; their messages must be written. */
  leaves?: readonly (readonly [id: string, leafId: string])[];
  /** Ends the import, with the viewed branch. */
  show?: { id: string; leafId: string | null };
}

const MESSAGES_AT_ONCE = 500;

/** Ids of all conversations, oldest first, from the one after `after`. */
export async function ids({ db, ownerId }: Scope, after: string, limit: number): Promise<string[]> {
  const kept = and(eq(conversations.ownerId, ownerId), isNull(conversations.deletedAt));
  return db
    .select({ id: conversations.id })
    .from(conversations)
    .where(and(kept, gt(conversations.id, after)))
    .orderBy(asc(conversations.id))
    .limit(limit)
    .all()
    .map(({ id }) => id);
}

/** A whole conversation, or undefined. Read in parts, so that requests are served meanwhile; later messages are omitted. */
export async function whole(scope: Scope, id: string): Promise<WholeConversation | undefined> {
  const conversation = scope.db
    .select()
    .from(conversations)
    .where(and(own(scope, id), isNull(conversations.deletedAt)))
    .get();
  if (!conversation) return undefined;
  const all: WholeConversation = { conversation, messages: [], generations: [], attachments: [] };
  const messageIds = messageIdsOf(scope, id);
  for (let at = 0; at < messageIds.length; at += MESSAGES_AT_ONCE) {
    const part = partOf(scope, messageIds.slice(at, at + MESSAGES_AT_ONCE));
    for (const message of part.messages) all.messages.push(message);
    for (const generation of part.generations) all.generations.push(generation);
    for (const attachment of part.attachments) all.attachments.push(attachment);
    await new Promise((resolve) => setImmediate(resolve));
  }
  return all;
}

export async function fileBytes(
  { db, ownerId }: Scope,
  hash: string,
): Promise<Uint8Array | undefined> {
  return db
    .select({ bytes: files.bytes })
    .from(files)
    .where(and(eq(files.ownerId, ownerId), eq(files.hash, hash)))
    .get()?.bytes;
}

/** Whether one of these conversations exists here, as itself or as an import. */
export async function isHere(
  { db, ownerId }: Scope,
  { ids, origins }: { ids: readonly string[]; origins: readonly string[] },
): Promise<boolean> {
  // Two statements, so that each has its own index.
  const here = and(eq(conversations.ownerId, ownerId), isNull(conversations.deletedAt));
  const same = inArray(conversations.id, [...ids]);
  const imported = and(
    inArray(conversations.importedFrom, [...origins]),
    isNotNull(conversations.importedFrom),
  );
  return [same, imported].some(
    (which) =>
      db.select({ id: conversations.id }).from(conversations).where(and(here, which)).get() !==
      undefined,
  );
}

/** Writes a part of a conversation, which is hidden until the last part; throws if it is not being written. */
export async function write(scope: Scope, part: WrittenPart): Promise<void> {
  const { begin, index = [], leaves = [], show } = part;
  inTransaction(scope, (within) => {
    if (begin) beginConversation(within, begin);
    const into = new Set(part.messages.map(({ message }) => message.conversationId));
    for (const id of into) requireBeingWritten(within, id);
    for (const imported of part.messages) addMessage(within, imported);
    for (const id of index) if (hasMessage(within, id)) indexMessageById(within.db, id);
    for (const [id, leafId] of leaves) {
      const message = and(eq(messages.id, id), eq(messages.ownerId, scope.ownerId));
      within.db.update(messages).set({ leafId }).where(message).run();
    }
    if (!show) return;
    requireBeingWritten(within, show.id);
    const shown = { leafId: show.leafId, deletedAt: null };
    within.db.update(conversations).set(shown).where(own(scope, show.id)).run();
  });
}

/** Discards a conversation that was not completed; it is purged soon. */
export async function discard(scope: Scope, id: string): Promise<void> {
  scope.db
    .update(conversations)
    .set({ deletedAt: 0, importedFrom: null })
    .where(and(own(scope, id), eq(conversations.deletedAt, BEING_WRITTEN)))
    .run();
}

function own({ ownerId }: Scope, id: string) {
  return and(eq(conversations.ownerId, ownerId), eq(conversations.id, id));
}

/** In the order of their creation, which the index lacks. */
function messageIdsOf({ db, ownerId }: Scope, conversationId: string): string[] {
  return db
    .select({ id: messages.id })
    .from(messages)
    .where(and(eq(messages.conversationId, conversationId), eq(messages.ownerId, ownerId)))
    .all()
    .map((message) => message.id)
    .sort();
}

function partOf(scope: Scope, ids: readonly string[]): Omit<WholeConversation, "conversation"> {
  return inTransaction(scope, (within) => {
    const { db, ownerId } = within;
    const all = db
      .select()
      .from(messages)
      .where(and(inArray(messages.id, [...ids]), eq(messages.ownerId, ownerId)))
      .orderBy(asc(messages.id))
      .all();
    const begun = db
      .select()
      .from(generations)
      .where(and(inArray(generations.messageId, [...ids]), eq(generations.ownerId, ownerId)))
      .orderBy(asc(generations.id))
      .all();
    addWritten(within, all, begun);
    return { messages: all, generations: begun, attachments: attachmentsOf(within, ids) };
  });
}

function addWritten(
  { db }: Scope,
  unfinished: readonly Message[],
  begun: readonly Generation[],
): void {
  const byId = new Map(unfinished.map((message) => [message.id, message]));
  for (const { id, messageId, state } of begun) {
    const message = byId.get(messageId);
    if (state !== "running" || !message) continue;
    const written = db
      .select({ thinking: chunks.thinking, content: chunks.content })
      .from(chunks)
      .where(eq(chunks.generationId, id))
      .orderBy(asc(chunks.seq))
      .all();
    message.thinking += written.map(({ thinking }) => thinking).join("");
    message.content += written.map(({ content }) => content).join("");
  }
}

function attachmentsOf({ db, ownerId }: Scope, messageIds: readonly string[]): Attachment[] {
  return db
    .select({
      messageId: sql<string>`${attachments.messageId}`,
      name: attachments.name,
      hash: attachments.hash,
      mediaType: files.mediaType,
      size: files.size,
      width: files.width,
      height: files.height,
    })
    .from(attachments)
    .innerJoin(files, and(eq(files.hash, attachments.hash), eq(files.ownerId, attachments.ownerId)))
    .where(and(inArray(attachments.messageId, [...messageIds]), eq(attachments.ownerId, ownerId)))
    .orderBy(asc(attachments.id))
    .all();
}

/** A deleted conversation of the same origin loses its origin. */
function beginConversation({ db, ownerId }: Scope, conversation: WrittenConversation): void {
  db.update(conversations)
    .set({ importedFrom: null })
    .where(
      and(
        eq(conversations.ownerId, ownerId),
        eq(conversations.importedFrom, conversation.importedFrom),
        isNotNull(conversations.deletedAt),
      ),
    )
    .run();
  db.insert(conversations)
    .values({ ...conversation, ownerId, deletedAt: BEING_WRITTEN })
    .run();
  indexTitle(db, conversation.id);
}

function requireBeingWritten(scope: Scope, id: string): void {
  const begun = scope.db
    .select({ id: conversations.id })
    .from(conversations)
    .where(and(own(scope, id), eq(conversations.deletedAt, BEING_WRITTEN)))
    .get();
  if (!begun) throw new Error("the conversation is not being written");
}

function addMessage(scope: Scope, written: WrittenMessage): void {
  const { db, ownerId } = scope;
  const { message, generations: begun, loose, indexLater } = written;
  const { id, parentId, content, conversationId } = message;
  db.insert(messages)
    .values({
      ...message,
      ownerId,
      pathCharacters: charactersTo(parentId, content),
      pathPictures: picturesTo(parentId),
    })
    .run();
  if (loose.length > 0) attachFiles(scope, id, { loose });
  if (!indexLater) indexMessage(db, { ...message, ownerId, file: loose.length > 0 });
  for (const generation of begun) {
    db.insert(generations)
      .values({ ...generation, ownerId, conversationId, messageId: id })
      .run();
  }
}
