import { and, asc, eq, inArray, isNull, lt, sql } from "drizzle-orm";
import { ParleyError } from "~/errors";
import type { Drizzle, Transaction } from "./open";
import { attachments, files, messages } from "./schema";

/** A file that was prepared, with the name that it came by. */
export type NewFile = Omit<typeof files.$inferSelect, "ownerId" | "createdAt"> & {
  name: string;
  kind: (typeof attachments.$inferSelect)["kind"];
};

/** A file as a card shows it: everything but what is large. */
export interface AttachedFile {
  /** Of the attachment: a message has a file under an id of its own. */
  id: string;
  name: string;
  kind: NewFile["kind"];
  hash: string;
  size: number;
  width: number | null;
  height: number | null;
}

/** One that belongs to no message yet, with the characters that a host is told of it, if it is a text. */
export type LooseFile = AttachedFile & { characters: number | null };

/** What a host is told of a file: a picture by its bytes, all else by its text. */
export interface FileForHost {
  messageId: string;
  name: string;
  picture: Uint8Array | null;
  text: string | null;
}

/** Where the files of a new message come from: loose ones by their ids, or all that another has. */
export type FilesFrom =
  | { loose: readonly string[] }
  | { message: string }
  | { waitingPrompt: string };

const CARD = {
  id: attachments.id,
  name: attachments.name,
  kind: attachments.kind,
  hash: attachments.hash,
  size: files.size,
  width: files.width,
  height: files.height,
};

const ITS_FILE = and(eq(files.ownerId, attachments.ownerId), eq(files.hash, attachments.hash));

/** Files: kept once for each content, given to messages, shown and sent to hosts. */
export function fileQueries(db: Drizzle) {
  return {
    /** Stores a file, its bytes only where they are not there yet, as one that is loose. */
    async keep(ownerId: string, file: NewFile, now: number): Promise<LooseFile> {
      const { name, kind, ...content } = file;
      const id = Bun.randomUUIDv7();
      const { hash, size, width, height } = content;
      db.transaction((tx) => {
        tx.insert(files)
          .values({ ...content, ownerId, createdAt: now })
          .onConflictDoNothing()
          .run();
        tx.insert(attachments).values({ id, ownerId, hash, name, kind, createdAt: now }).run();
      });
      const characters = content.text?.length ?? null;
      return { id, name, kind, hash, size, width, height, characters };
    },

    /** Those of these attachments that are the owner's and still loose, oldest first. */
    async loose(ownerId: string, ids: readonly string[]): Promise<LooseFile[]> {
      if (ids.length === 0) return [];
      return db
        .select({ ...CARD, characters: sql<number | null>`length(${files.text})` })
        .from(attachments)
        .innerJoin(files, ITS_FILE)
        .where(and(eq(attachments.ownerId, ownerId), inArray(attachments.id, [...ids]), LOOSE))
        .orderBy(asc(attachments.id))
        .all();
    },

    /** Deletes what has been loose since before this time, of every owner. */
    async dropLoose(before: number): Promise<void> {
      db.delete(attachments)
        .where(and(lt(attachments.createdAt, before), LOOSE))
        .run();
    },

    /** The files of these messages, in the order in which they were chosen. */
    async ofMessages(
      ownerId: string,
      messageIds: readonly string[],
    ): Promise<Map<string, AttachedFile[]>> {
      const rows = db
        .select({ ...CARD, messageId: attachments.messageId })
        .from(attachments)
        .innerJoin(files, ITS_FILE)
        .where(and(eq(attachments.ownerId, ownerId), among(messageIds)))
        .orderBy(asc(attachments.id))
        .all();
      const byMessage = Map.groupBy(rows, (row) => row.messageId ?? "");
      return new Map(
        [...byMessage].map(([id, all]) => [id, all.map(({ messageId: _, ...card }) => card)]),
      );
    },

    /** The files of these waiting prompts, in the order in which they were chosen. */
    async ofWaitingPrompts(
      ownerId: string,
      ids: readonly string[],
    ): Promise<Map<string, AttachedFile[]>> {
      if (ids.length === 0) return new Map();
      const rows = db
        .select({ ...CARD, promptId: attachments.waitingPromptId })
        .from(attachments)
        .innerJoin(files, ITS_FILE)
        .where(
          and(eq(attachments.ownerId, ownerId), inArray(attachments.waitingPromptId, [...ids])),
        )
        .orderBy(asc(attachments.id))
        .all();
      const byPrompt = Map.groupBy(rows, (row) => row.promptId ?? "");
      return new Map(
        [...byPrompt].map(([id, all]) => [id, all.map(({ promptId: _, ...card }) => card)]),
      );
    },

    /** The same files with what a host is told of them. */
    async forHost(ownerId: string, messageIds: readonly string[]): Promise<FileForHost[]> {
      return db
        .select({
          messageId: sql<string>`${attachments.messageId}`,
          name: attachments.name,
          picture: sql<Uint8Array | null>`case ${attachments.kind} when 'picture' then ${files.bytes} end`,
          text: files.text,
        })
        .from(attachments)
        .innerJoin(files, ITS_FILE)
        .where(and(eq(attachments.ownerId, ownerId), among(messageIds)))
        .orderBy(asc(attachments.id))
        .all();
    },

    /** The bytes of the owner's file and the name that it came by last, or undefined. */
    async find(
      ownerId: string,
      hash: string,
    ): Promise<{ name: string; mediaType: string; bytes: Buffer } | undefined> {
      return db
        .select({ name: attachments.name, mediaType: files.mediaType, bytes: files.bytes })
        .from(attachments)
        .innerJoin(files, ITS_FILE)
        .where(and(eq(attachments.ownerId, ownerId), eq(attachments.hash, hash), IN_SIGHT))
        .orderBy(sql`${attachments.id} desc`)
        .limit(1)
        .get();
    },

    /** The small picture of the owner's picture, or undefined. */
    async thumbnail(ownerId: string, hash: string): Promise<Buffer | undefined> {
      const row = db
        .select({ thumbnail: files.thumbnail })
        .from(attachments)
        .innerJoin(files, ITS_FILE)
        .where(and(eq(attachments.ownerId, ownerId), eq(attachments.hash, hash), IN_SIGHT))
        .limit(1)
        .get();
      return row?.thumbnail ?? undefined;
    },
  };
}

/**
 * Gives a message that was just written its files: loose ones and those of a waiting prompt become its own,
 * those of another message (a prompt that was edited) it shares. Adds them to what the branch holds in
 * characters and pictures, so answers below it are to be written afterwards. Throws a ParleyError where a loose one is
 * gone; the transaction around it is then rolled back.
 */
export function giveFiles(
  tx: Transaction,
  ownerId: string,
  messageId: string,
  from: FilesFrom,
): void {
  if ("message" in from) {
    share(tx, ownerId, messageId, from.message);
  } else {
    const mine = eq(attachments.ownerId, ownerId);
    const which =
      "loose" in from
        ? and(inArray(attachments.id, [...from.loose]), LOOSE)
        : eq(attachments.waitingPromptId, from.waitingPrompt);
    const moved = tx
      .update(attachments)
      .set({ messageId, waitingPromptId: null })
      .where(and(mine, which))
      .returning({ id: attachments.id })
      .all();
    if ("loose" in from && moved.length < from.loose.length) throw gone();
  }
  tx.update(messages)
    .set({
      pathCharacters: sql`path_characters + ${charactersOfFiles(messageId)}`,
      pathPictures: sql`path_pictures + (select count(*) from attachments a
        where a.message_id = ${messageId} and a.kind = 'picture')`,
    })
    .where(eq(messages.id, messageId))
    .run();
}

/** Gives a waiting prompt that was just written the loose files that came with it; throws where one is gone. */
export function giveFilesToWait(
  tx: Transaction,
  ownerId: string,
  waitingPromptId: string,
  loose: readonly string[],
): void {
  const moved = tx
    .update(attachments)
    .set({ waitingPromptId })
    .where(and(eq(attachments.ownerId, ownerId), inArray(attachments.id, [...loose]), LOOSE))
    .returning({ id: attachments.id })
    .all();
  if (moved.length < loose.length) throw gone();
}

function share(tx: Transaction, ownerId: string, messageId: string, otherId: string): void {
  const theirs = tx
    .select()
    .from(attachments)
    .where(and(eq(attachments.ownerId, ownerId), eq(attachments.messageId, otherId)))
    .orderBy(asc(attachments.id))
    .all();
  for (const attachment of theirs) {
    tx.insert(attachments)
      .values({ ...attachment, id: Bun.randomUUIDv7(), messageId })
      .run();
  }
}

/** About what files/paste.ts makes of them: the name and the fences around a text are some 20 characters. */
function charactersOfFiles(messageId: string) {
  return sql`coalesce((
    select sum(length(f.text) + length(a.name) + 20)
    from attachments a join files f on f.owner_id = a.owner_id and f.hash = a.hash
    where a.message_id = ${messageId} and a.kind <> 'picture'), 0)`;
}

const LOOSE = and(isNull(attachments.messageId), isNull(attachments.waitingPromptId));

/** What a deleted conversation has is not there any more, though it can be taken back. */
const IN_SIGHT = sql`not exists (
  select 1 from conversations c where c.deleted_at is not null and c.id = coalesce(
    (select m.conversation_id from messages m where m.id = ${attachments.messageId}),
    (select w.conversation_id from waiting_prompts w where w.id = ${attachments.waitingPromptId})))`;

/** One statement for however many there are. */
function among(messageIds: readonly string[]) {
  return sql`${attachments.messageId} in (select value from json_each(${JSON.stringify(messageIds)}))`;
}

function gone(): ParleyError {
  return new ParleyError("file-gone", "A file that waited here is gone.", {
    status: 422,
    next: "It was sent already, or is older than a day. Choose it again if it is missing.",
  });
}
