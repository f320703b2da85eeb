import { and, desc, eq, gt, isNull, type SQL, sql } from "drizzle-orm";
import type { Steering } from "~/steering/steering";
import { changed } from "./open";
import { conversations, type generations } from "./schema";
import { inTransaction, type Scope } from "./scope";
import { indexTitle } from "./search-index";

export type Conversation = typeof conversations.$inferSelect;
type GenerationState = (typeof generations.$inferSelect)["state"];

export interface ConversationRow {
  id: string;
  title: string;
  leafId: string | null;
  pinned: boolean;
  archived: boolean;
  updatedAt: number;
  state: GenerationState | null;
  model: string | null;
}

export interface ListPosition {
  pinned: boolean;
  updatedAt: number;
  id: string;
}

export async function find(scope: Scope, id: string): Promise<Conversation | undefined> {
  return scope.db.select().from(conversations).where(kept(scope, id)).get();
}

export async function setSteering(scope: Scope, id: string, steering: Steering): Promise<void> {
  scope.db.update(conversations).set({ steering }).where(own(scope, id)).run();
}

/** Up to `limit` conversations after a position: pinned ones first, then the newest. */
export async function list(
  { db, ownerId }: Scope,
  limit: number,
  { after, archived = false }: { after?: ListPosition; archived?: boolean } = {},
): Promise<ConversationRow[]> {
  return db
    .select({
      id: conversations.id,
      title: conversations.title,
      leafId: conversations.leafId,
      pinned: conversations.pinned,
      archived: conversations.archived,
      updatedAt: conversations.updatedAt,
      state: ofNewestGeneration<GenerationState | null>("state"),
      model: ofNewestGeneration<string | null>("model"),
    })
    .from(conversations)
    .where(
      and(
        eq(conversations.ownerId, ownerId),
        eq(conversations.archived, archived),
        isNull(conversations.deletedAt),
        isAfter(after),
      ),
    )
    .orderBy(desc(conversations.pinned), desc(conversations.updatedAt), desc(conversations.id))
    .limit(limit)
    .all();
}

/** Sets a title by the person; false if there is no such conversation. */
export async function rename(scope: Scope, id: string, title: string): Promise<boolean> {
  return setTitle(scope, id, { title, titledBy: "person" }, kept(scope, id));
}

/** Sets a title by a model, unless it has been changed meanwhile. */
export async function setMadeTitle(scope: Scope, id: string, title: string): Promise<boolean> {
  const madeFromPrompt = and(kept(scope, id), eq(conversations.titledBy, "prompt"));
  return setTitle(scope, id, { title, titledBy: "model" }, madeFromPrompt);
}

export async function setPinned(scope: Scope, id: string, pinned: boolean): Promise<boolean> {
  return update(scope, { pinned }, kept(scope, id));
}

export async function setArchived(scope: Scope, id: string, archived: boolean): Promise<boolean> {
  return update(scope, { archived }, kept(scope, id));
}

export async function markDeleted(scope: Scope, id: string, deletedAt: number): Promise<boolean> {
  return update(scope, { deletedAt }, kept(scope, id));
}

/** A conversation that was deleted after `since`. */
export async function findDeleted(
  scope: Scope,
  id: string,
  since: number,
): Promise<{ title: string; deletedAt: number | null } | undefined> {
  return scope.db
    .select({ title: conversations.title, deletedAt: conversations.deletedAt })
    .from(conversations)
    .where(deletedAfter(scope, id, since))
    .get();
}

/** Restores a conversation that was deleted after `since`; false if there is none. */
export async function restore(scope: Scope, id: string, since: number): Promise<boolean> {
  return update(scope, { deletedAt: null }, deletedAfter(scope, id, since));
}

function update({ db }: Scope, values: Partial<Conversation>, where: SQL | undefined): boolean {
  const rows = db.update(conversations).set(values).where(where);
  return changed(rows.returning({ id: conversations.id }).all());
}

function setTitle(
  scope: Scope,
  id: string,
  values: Pick<Conversation, "title" | "titledBy">,
  where: SQL | undefined,
): boolean {
  return inTransaction(scope, (within) => {
    const found = update(within, values, where);
    if (found) indexTitle(within.db, id);
    return found;
  });
}

function own({ ownerId }: Scope, id: string): SQL | undefined {
  return and(eq(conversations.ownerId, ownerId), eq(conversations.id, id));
}

function kept(scope: Scope, id: string): SQL | undefined {
  return and(own(scope, id), isNull(conversations.deletedAt));
}

function deletedAfter(scope: Scope, id: string, since: number): SQL | undefined {
  return and(own(scope, id), gt(conversations.deletedAt, since));
}

/** Drizzle would omit the names of tables. */
function ofNewestGeneration<T>(column: "state" | "model"): SQL<T> {
  return sql<T>`(
    select ${sql.raw(`g.${column}`)} from generations g
    where g.conversation_id = conversations.id order by g.id desc limit 1)`;
}

function isAfter(position: ListPosition | undefined): SQL | undefined {
  if (!position) return undefined;
  // In the order of the index, so that SQLite starts at the right entry.
  return sql`(${conversations.pinned}, ${conversations.updatedAt}, ${conversations.id})
    < (${position.pinned ? 1 : 0}, ${position.updatedAt}, ${position.id})`;
}
