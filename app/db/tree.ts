import { and, eq, isNull, type SQL, sql } from "drizzle-orm";
import { conversations, messages, waitingPrompts } from "./schema";
import type { Scope } from "./scope";

/** May be stale. */
export interface LastViewed {
  messageId: string;
  leafId: string;
}

export function hasMessage({ db, ownerId }: Scope, id: string, conversationId?: string): boolean {
  const own = and(eq(messages.ownerId, ownerId), eq(messages.id, id));
  const here = conversationId ? eq(messages.conversationId, conversationId) : undefined;
  return Boolean(db.select({ id: messages.id }).from(messages).where(and(own, here)).get());
}

/** Whether the owner has this conversation, not deleted. */
export function hasConversation({ db, ownerId }: Scope, id: string): boolean {
  const own = and(eq(conversations.ownerId, ownerId), eq(conversations.id, id));
  const kept = isNull(conversations.deletedAt);
  return Boolean(
    db.select({ id: conversations.id }).from(conversations).where(and(own, kept)).get(),
  );
}

export function conversationOf({ db, ownerId }: Scope, clientId: string): string | undefined {
  for (const table of [messages, waitingPrompts]) {
    const written = db
      .select({ conversationId: table.conversationId })
      .from(table)
      .where(and(eq(table.ownerId, ownerId), eq(table.clientId, clientId)))
      .get();
    if (written) return written.conversationId;
  }
  return undefined;
}

/** For `path_characters` of a message. */
export function charactersTo(parentId: string | null | SQL, content: string | SQL): SQL<number> {
  return sql`coalesce((select p.path_characters from messages p where p.id = ${parentId}), 0)
    + length(${content})`;
}

/** For `path_pictures` of a message without files. */
export function picturesTo(parentId: string | null): SQL<number> {
  return sql`coalesce((select p.path_pictures from messages p where p.id = ${parentId}), 0)`;
}

/** The child last viewed, else the newest one; null if `m` is a leaf. */
export const nextBelow = sql`coalesce(
  (select c.id from messages c where c.id = m.chosen_id and c.parent_id = m.id),
  (select max(c.id) from messages c where c.parent_id = m.id))`;

/** The leaf last viewed below a message, else the end of the newest branch. */
export function leafBelow({ db, ownerId }: Scope, id: string): string {
  // `all`, since Drizzle's `get` of raw SQL returns a list of values, not a row.
  const [row] = db.all<{ id: string }>(sql`
    with recursive path(id, depth) as (
      select coalesce(leaf_id, id), 0 from messages where id = ${id} and owner_id = ${ownerId}
      union all
      select ${nextBelow}, depth + 1 from path join messages m on m.id = path.id
    ) select id from path where id is not null order by depth desc limit 1`);
  return row?.id ?? id;
}

/** Stores the leaf last viewed below a message, if it is below it. */
export function rememberLeaf(
  scope: Scope,
  conversationId: string,
  { messageId, leafId }: LastViewed,
): void {
  const here = hasMessage(scope, messageId, conversationId);
  if (!here || !mayBeBelow(scope, conversationId, messageId, leafId)) return;
  scope.db.update(messages).set({ leafId }).where(eq(messages.id, messageId)).run();
}

/** Limits the cost of a turn in a long conversation. */
const LONGEST_WALK = 200;

/** Whether `leafId` is the message `id` or below it; true if it is too far away to know. */
function mayBeBelow(
  { db, ownerId }: Scope,
  conversationId: string,
  id: string,
  leafId: string,
): boolean {
  const [walk] = db.all<{ found: number | null; far: number | null }>(sql`
    with recursive path(id, parent_id, depth) as (
      select id, parent_id, 0 from messages
      where id = ${leafId} and owner_id = ${ownerId} and conversation_id = ${conversationId}
      union all
      select m.id, m.parent_id, depth + 1 from messages m join path on m.id = path.parent_id
      where path.id > ${id} and depth < ${LONGEST_WALK}
    ) select max(id = ${id}) as found, max(depth) >= ${LONGEST_WALK} as far from path`);
  return walk?.found === 1 || walk?.far === 1;
}
