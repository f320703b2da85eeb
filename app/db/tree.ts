import { and, eq, isNull, type SQL, sql } from "drizzle-orm";
import { conversations, messages } from "./schema";
import type { Scope } from "./scope";

/** Where a branch was last viewed: the leaf below a message. */
export interface LastViewed {
  messageId: string;
  leafId: string;
}

/** Whether the owner has this message, in this conversation if one is given. */
export function hasMessage({ db, ownerId }: Scope, id: string, conversationId?: string): boolean {
  const own = and(eq(messages.ownerId, ownerId), eq(messages.id, id));
  const here = conversationId ? eq(messages.conversationId, conversationId) : undefined;
  return Boolean(db.select({ id: messages.id }).from(messages).where(and(own, here)).get());
}

/** Whether the owner has this conversation, and has not deleted it. */
export function hasConversation({ db, ownerId }: Scope, id: string): boolean {
  const own = and(eq(conversations.ownerId, ownerId), eq(conversations.id, id));
  const kept = isNull(conversations.deletedAt);
  return Boolean(
    db.select({ id: conversations.id }).from(conversations).where(and(own, kept)).get(),
  );
}

/** What `path_characters` of a message is: its parent's, and the length of its own text. */
export function charactersTo(parentId: string | null | SQL, content: string | SQL): SQL<number> {
  return sql`coalesce((select p.path_characters from messages p where p.id = ${parentId}), 0)
    + length(${content})`;
}

/** What `path_pictures` of a message is before it is given files: its parent's. */
export function picturesTo(parentId: string | null): SQL<number> {
  return sql`coalesce((select p.path_pictures from messages p where p.id = ${parentId}), 0)`;
}

/** The child that was viewed last, else the newest one; null if `m` is a leaf. */
export const nextBelow = sql`coalesce(
  (select c.id from messages c where c.id = m.chosen_id and c.parent_id = m.id),
  (select max(c.id) from messages c where c.parent_id = m.id))`;

/** The leaf below a message that was viewed last, else the end of the newest branch. */
export function leafBelow({ db, ownerId }: Scope, id: string): string {
  // `all`, since Drizzle's `get` of written SQL gives a list of values, not a row.
  const [row] = db.all<{ id: string }>(sql`
    with recursive path(id, depth) as (
      select coalesce(leaf_id, id), 0 from messages where id = ${id} and owner_id = ${ownerId}
      union all
      select ${nextBelow}, depth + 1 from path join messages m on m.id = path.id
    ) select id from path where id is not null order by depth desc limit 1`);
  return row?.id ?? id;
}

/** Keeps the leaf that was last viewed below a message, if it is below it. */
export function rememberLeaf(
  scope: Scope,
  conversationId: string,
  { messageId, leafId }: LastViewed,
): void {
  const here = hasMessage(scope, messageId, conversationId);
  if (!here || !mayBeBelow(scope, conversationId, messageId, leafId)) return;
  scope.db.update(messages).set({ leafId }).where(eq(messages.id, messageId)).run();
}

/** A longer walk for a hint would make a turn cost more the longer the conversation is. */
const LONGEST_WALK = 200;

/** Whether `leafId` can be the message `id` or below it; believed if it is farther away than the walk. */
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
