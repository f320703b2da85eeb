import { and, asc, eq, gt, inArray, isNotNull, isNull, sql } from "drizzle-orm";
import type { Conversation } from "./conversations";
import { giveFiles } from "./files";
import type { Generation } from "./generations";
import { charactersTo, type Message, picturesTo } from "./messages";
import type { Drizzle, Transaction } from "./open";
import { attachments, conversations, files, generations, messages, pieces } from "./schema";
import { indexMessage, indexTitle } from "./search-index";

/** A file as a message of a conversation has it. */
export interface Attachment {
  messageId: string;
  name: string;
  hash: string;
  mediaType: string;
  size: number;
  width: number | null;
  height: number | null;
}

/** All of a conversation. An answer that is being written has the text that it has so far. */
export interface WholeConversation {
  conversation: Conversation;
  /** In the order of their making. */
  messages: Message[];
  generations: Generation[];
  attachments: Attachment[];
}

export type ImportedConversation = Omit<
  Conversation,
  "leafId" | "deletedAt" | "importedFrom" | "createdAt" | "updatedAt"
> & { importedFrom: string; createdAt: number; updatedAt: number };

/** A message with all that belongs to it, as an import writes it. */
export interface ImportedMessage {
  message: Omit<Message, "leafId" | "pathCharacters" | "pathPictures">;
  generations: Generation[];
  /** Ids of loose files that become its own. */
  loose: string[];
}

/** What makes an imported conversation whole: the branch that is looked at. */
export interface ImportedEnd {
  id: string;
  leafId: string | null;
}

/** A part of an imported conversation. */
export interface ImportedPart {
  begin?: ImportedConversation | undefined;
  messages: readonly ImportedMessage[];
  /** Where one was last below messages that are all there. */
  leaves?: readonly (readonly [id: string, leafId: string])[];
  show?: ImportedEnd;
}

/** Stands in `deleted_at` while a conversation is being written: nobody sees it, and no deletion is due yet. */
const BEING_WRITTEN = Number.MAX_SAFE_INTEGER;

/** Messages that are read at once: some milliseconds. */
const MESSAGES_AT_ONCE = 500;

/** What goes out of the database whole, and comes in. */
export function transferQueries(db: Drizzle) {
  return {
    /** Ids of the owner's conversations, archived ones too, oldest first, behind `after`. */
    async ids(ownerId: string, after: string, limit: number): Promise<string[]> {
      return db
        .select({ id: conversations.id })
        .from(conversations)
        .where(
          and(
            eq(conversations.ownerId, ownerId),
            isNull(conversations.deletedAt),
            gt(conversations.id, after),
          ),
        )
        .orderBy(asc(conversations.id))
        .limit(limit)
        .all()
        .map(({ id }) => id);
    },

    /**
     * All of the owner's conversation; undefined for one that is not there. A long one is read in parts between
     * which everything else goes on: what comes meanwhile is left out.
     */
    async whole(ownerId: string, id: string): Promise<WholeConversation | undefined> {
      const conversation = db
        .select()
        .from(conversations)
        .where(
          and(
            eq(conversations.ownerId, ownerId),
            eq(conversations.id, id),
            isNull(conversations.deletedAt),
          ),
        )
        .get();
      if (!conversation) return undefined;
      const whole: WholeConversation = {
        conversation,
        messages: [],
        generations: [],
        attachments: [],
      };
      // An index has the ids; their order in time is their own.
      const ids = db
        .select({ id: messages.id })
        .from(messages)
        .where(eq(messages.conversationId, id))
        .all()
        .map((message) => message.id)
        .sort();
      for (let at = 0; at < ids.length; at += MESSAGES_AT_ONCE) {
        const part = partOf(db, ownerId, ids.slice(at, at + MESSAGES_AT_ONCE));
        for (const message of part.messages) whole.messages.push(message);
        for (const generation of part.generations) whole.generations.push(generation);
        for (const attachment of part.attachments) whole.attachments.push(attachment);
        await new Promise((resolve) => setImmediate(resolve));
      }
      return whole;
    },

    /** The bytes of the owner's file, or undefined. */
    async fileBytes(ownerId: string, hash: string): Promise<Uint8Array | undefined> {
      return db
        .select({ bytes: files.bytes })
        .from(files)
        .where(and(eq(files.ownerId, ownerId), eq(files.hash, hash)))
        .get()?.bytes;
    },

    /** Whether one of these conversations is here: as itself, or imported from there. */
    async isHere(
      ownerId: string,
      { ids, origins }: { ids: readonly string[]; origins: readonly string[] },
    ): Promise<boolean> {
      // Two questions, so that each has its own index.
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
    },

    /** A file that is here already, once more as a loose one; gives its id, or undefined where it is not here. */
    async keepAgain(
      ownerId: string,
      { hash, name }: { hash: string; name: string },
      now: number,
    ): Promise<string | undefined> {
      const known = db
        .select({ kind: attachments.kind })
        .from(attachments)
        .where(and(eq(attachments.ownerId, ownerId), eq(attachments.hash, hash)))
        .limit(1)
        .get();
      if (!known) return undefined;
      const id = Bun.randomUUIDv7();
      db.insert(attachments)
        .values({ id, ownerId, hash, name, kind: known.kind, createdAt: now })
        .run();
      return id;
    },

    /**
     * Writes a part of a conversation in one transaction; the first part begins it, the last one shows it. Until
     * then nobody sees it: it counts as deleted. Parents are there, or stand before their children.
     */
    async write({ begin, messages: part, leaves = [], show }: ImportedPart): Promise<void> {
      db.transaction((tx) => {
        if (begin) beginIn(tx, begin);
        for (const imported of part) addIn(tx, imported);
        for (const [id, leafId] of leaves) {
          tx.update(messages).set({ leafId }).where(eq(messages.id, id)).run();
        }
        if (show) showIn(tx, show);
      });
    },

    /** Gives up what was begun and not shown, all of it or one: it is removed as what was deleted long ago is. */
    async giveUp(id?: string): Promise<void> {
      db.update(conversations)
        .set({ deletedAt: 0, importedFrom: null })
        .where(
          and(
            eq(conversations.deletedAt, BEING_WRITTEN),
            id === undefined ? undefined : eq(conversations.id, id),
          ),
        )
        .run();
    },
  };
}

/** Messages with all that belongs to them, as of one moment. */
function partOf(
  db: Drizzle,
  ownerId: string,
  ids: readonly string[],
): Omit<WholeConversation, "conversation"> {
  return db.transaction((tx) => {
    const said = tx
      .select()
      .from(messages)
      .where(and(inArray(messages.id, [...ids]), eq(messages.ownerId, ownerId)))
      .orderBy(asc(messages.id))
      .all();
    const byId = new Map(said.map((message) => [message.id, message]));
    const began = tx
      .select()
      .from(generations)
      .where(and(inArray(generations.messageId, [...ids]), eq(generations.ownerId, ownerId)))
      .orderBy(asc(generations.id))
      .all();
    for (const { id: generationId, messageId, state } of began) {
      const message = byId.get(messageId);
      if (state !== "running" || !message) continue;
      const written = tx
        .select({ thinking: pieces.thinking, content: pieces.content })
        .from(pieces)
        .where(eq(pieces.generationId, generationId))
        .orderBy(asc(pieces.seq))
        .all();
      message.thinking += written.map(({ thinking }) => thinking).join("");
      message.content += written.map(({ content }) => content).join("");
    }
    const attached = tx
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
      .innerJoin(
        files,
        and(eq(files.hash, attachments.hash), eq(files.ownerId, attachments.ownerId)),
      )
      .where(and(inArray(attachments.messageId, [...ids]), eq(attachments.ownerId, ownerId)))
      .orderBy(asc(attachments.id))
      .all();
    return { messages: said, generations: began, attachments: attached };
  });
}

/** One of the same origin that was deleted gives its origin up. */
function beginIn(tx: Transaction, conversation: ImportedConversation): void {
  tx.update(conversations)
    .set({ importedFrom: null })
    .where(
      and(
        eq(conversations.ownerId, conversation.ownerId),
        eq(conversations.importedFrom, conversation.importedFrom),
        isNotNull(conversations.deletedAt),
      ),
    )
    .run();
  tx.insert(conversations)
    .values({ ...conversation, deletedAt: BEING_WRITTEN })
    .run();
  indexTitle(tx, conversation.id);
}

function addIn(tx: Transaction, { message, generations: began, loose }: ImportedMessage): void {
  const { id, ownerId, parentId, content } = message;
  tx.insert(messages)
    .values({
      ...message,
      pathCharacters: charactersTo(parentId, content),
      pathPictures: picturesTo(parentId),
    })
    .run();
  if (loose.length > 0) giveFiles(tx, ownerId, id, { loose });
  indexMessage(tx, { ...message, file: loose.length > 0 });
  for (const generation of began) tx.insert(generations).values(generation).run();
}

function showIn(tx: Transaction, { id, leafId }: ImportedEnd): void {
  tx.update(conversations).set({ leafId, deletedAt: null }).where(eq(conversations.id, id)).run();
}
