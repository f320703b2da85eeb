import { and, asc, desc, eq, inArray, type SQL, sql } from "drizzle-orm";
import { LOOSE } from "./given-files";
import { attachments, files } from "./schema";
import { inTransaction, type Scope } from "./scope";

export type NewFile = Omit<typeof files.$inferSelect, "ownerId" | "createdAt"> & {
  name: string;
  kind: (typeof attachments.$inferSelect)["kind"];
};

export interface AttachedFile {
  /** Of the attachment, not of the file. */
  id: string;
  name: string;
  kind: NewFile["kind"];
  hash: string;
  size: number;
  width: number | null;
  height: number | null;
}

export type LooseFile = AttachedFile & { characters: number | null };

export interface FileForHost {
  messageId: string;
  name: string;
  picture: Uint8Array | null;
  text: string | null;
}

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

/** Stores a loose file, sharing bytes that are already stored. */
export async function keep(scope: Scope, file: NewFile, now: number): Promise<LooseFile> {
  const { name, kind, ...content } = file;
  const id = Bun.randomUUIDv7();
  const { hash, size, width, height } = content;
  inTransaction(scope, ({ db, ownerId }) => {
    db.insert(files)
      .values({ ...content, ownerId, createdAt: now })
      .onConflictDoNothing()
      .run();
    db.insert(attachments).values({ id, ownerId, hash, name, kind, createdAt: now }).run();
  });
  const characters = content.text?.length ?? null;
  return { id, name, kind, hash, size, width, height, characters };
}

/** Attaches a stored file again as a loose one; returns its id, or undefined if it is not stored. */
export async function keepAgain(
  { db, ownerId }: Scope,
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
  const { kind } = known;
  db.insert(attachments).values({ id, ownerId, hash, name, kind, createdAt: now }).run();
  return id;
}

/** Those that are still loose, oldest first. */
export async function loose({ db, ownerId }: Scope, ids: readonly string[]): Promise<LooseFile[]> {
  if (ids.length === 0) return [];
  return db
    .select({ ...CARD, characters: sql<number | null>`length(${files.text})` })
    .from(attachments)
    .innerJoin(files, ITS_FILE)
    .where(and(eq(attachments.ownerId, ownerId), inArray(attachments.id, [...ids]), LOOSE))
    .orderBy(asc(attachments.id))
    .all();
}

/** The files of these messages, in the order chosen. */
export async function ofMessages(
  scope: Scope,
  messageIds: readonly string[],
): Promise<Map<string, AttachedFile[]>> {
  return cardsBy(scope, sql<string>`${attachments.messageId}`, among(messageIds));
}

/** The files of these waiting prompts, in the order chosen. */
export async function ofWaitingPrompts(
  scope: Scope,
  ids: readonly string[],
): Promise<Map<string, AttachedFile[]>> {
  if (ids.length === 0) return new Map();
  const which = inArray(attachments.waitingPromptId, [...ids]);
  return cardsBy(scope, sql<string>`${attachments.waitingPromptId}`, which);
}

export async function forHost(
  { db, ownerId }: Scope,
  messageIds: readonly string[],
): Promise<FileForHost[]> {
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
}

/** The bytes of a file and the last name it was given. */
export async function find(
  { db, ownerId }: Scope,
  hash: string,
): Promise<{ name: string; mediaType: string; bytes: Buffer } | undefined> {
  return db
    .select({ name: attachments.name, mediaType: files.mediaType, bytes: files.bytes })
    .from(attachments)
    .innerJoin(files, ITS_FILE)
    .where(and(eq(attachments.ownerId, ownerId), eq(attachments.hash, hash), NOT_DELETED))
    .orderBy(desc(attachments.id))
    .limit(1)
    .get();
}

export async function thumbnail({ db, ownerId }: Scope, hash: string): Promise<Buffer | undefined> {
  const row = db
    .select({ thumbnail: files.thumbnail })
    .from(attachments)
    .innerJoin(files, ITS_FILE)
    .where(and(eq(attachments.ownerId, ownerId), eq(attachments.hash, hash), NOT_DELETED))
    .limit(1)
    .get();
  return row?.thumbnail ?? undefined;
}

function cardsBy(
  { db, ownerId }: Scope,
  holder: SQL<string>,
  which: SQL,
): Map<string, AttachedFile[]> {
  const rows = db
    .select({ card: CARD, holder })
    .from(attachments)
    .innerJoin(files, ITS_FILE)
    .where(and(eq(attachments.ownerId, ownerId), which))
    .orderBy(asc(attachments.id))
    .all();
  const byHolder = Map.groupBy(rows, (row) => row.holder);
  return new Map([...byHolder].map(([id, all]) => [id, all.map(({ card }) => card)]));
}

const NOT_DELETED = sql`not exists (
  select 1 from conversations c where c.deleted_at is not null and c.id = coalesce(
    (select m.conversation_id from messages m where m.id = ${attachments.messageId}),
    (select w.conversation_id from waiting_prompts w where w.id = ${attachments.waitingPromptId})))`;

/** One parameter for any number of ids, so that one statement is cached. */
function among(messageIds: readonly string[]): SQL {
  return sql`${attachments.messageId} in (select value from json_each(${JSON.stringify(messageIds)}))`;
}
