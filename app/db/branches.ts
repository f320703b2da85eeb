/** The tree of a conversation. Queries cost what they return, unless stated otherwise. */

import { and, eq, type SQL, sql } from "drizzle-orm";
import type { Message } from "./messages";
import { conversations, messages } from "./schema";
import { inTransaction, type Scope } from "./scope";
import type { LastViewed } from "./tree";
import * as tree from "./tree";

export interface Alternatives {
  messageId: string;
  ids: string[];
}

/** At least one message is always read. */
export interface Most {
  messages: number;
  bytes?: number;
}

/** The messages from the first to `leafId`; costs the length of the branch. */
export async function whole(scope: Scope, leafId: string): Promise<Message[]> {
  return upTo(scope, leafId, { messages: Number.MAX_SAFE_INTEGER });
}

/** The last messages of the branch that ends with `id`, in reading order, and none before `first`. */
export async function upTo(scope: Scope, id: string, most: Most, first = ""): Promise<Message[]> {
  const path = sql`
    with recursive path(id, parent_id, depth) as (
      select id, parent_id, 1 from messages where id = ${id} and owner_id = ${scope.ownerId}
      union all
      select m.id, m.parent_id, depth + 1 from messages m join path on m.id = path.parent_id
      where depth < ${most.messages} and path.id <> ${first}
    ) select id, depth from path`;
  return inReadingOrder(scope, path, most);
}

/** The messages after `id` on the last viewed branch, in reading order. */
export async function below(scope: Scope, id: string, most: Most): Promise<Message[]> {
  const path = sql`
    with recursive path(id, depth) as (
      select id, 0 from messages where id = ${id} and owner_id = ${scope.ownerId}
      union all
      select ${tree.nextBelow}, depth - 1 from path join messages m on m.id = path.id
      where depth > ${-most.messages}
    ) select id, depth from path where depth < 0 and id is not null`;
  return inReadingOrder(scope, path, most);
}

/** Whether a message is on the branch that ends with `leafId`; costs their distance. */
export async function isOnBranch(
  { db, ownerId }: Scope,
  id: string,
  leafId: string,
): Promise<boolean> {
  // Parents are older than their children.
  const row = db.get(sql`
    with recursive path(id, parent_id) as (
      select id, parent_id from messages where id = ${leafId} and owner_id = ${ownerId}
      union all
      select m.id, m.parent_id from messages m join path on m.id = path.parent_id
      where path.id > ${id}
    ) select id from path where id = ${id}`);
  return Boolean(row);
}

export async function isLeaf({ db, ownerId }: Scope, id: string): Promise<boolean> {
  return !db.get(
    sql`select 1 from messages where parent_id = ${id} and owner_id = ${ownerId} limit 1`,
  );
}

/** The last viewed leaf below a message, or else the end of the newest branch. */
export async function leafBelow(scope: Scope, id: string): Promise<string> {
  return tree.leafBelow(scope, id);
}

/** The alternatives of those messages that have any, oldest first. */
export async function alternatives(
  { db, ownerId }: Scope,
  ids: readonly string[],
): Promise<Alternatives[]> {
  if (ids.length === 0) return [];
  const list = sql.join(
    ids.map((id) => sql`${id}`),
    sql`, `,
  );
  const rows = db.all<{ message_id: string; id: string }>(sql`
    select m.id as message_id, other.id as id
    from messages m join messages other
      on other.conversation_id = m.conversation_id and other.parent_id is m.parent_id
    where m.id in (${list}) and m.owner_id = ${ownerId}
    order by m.id, other.id`);
  const byMessage = Map.groupBy(rows, (row) => row.message_id);
  return [...byMessage]
    .map(([messageId, others]) => ({ messageId, ids: others.map((row) => row.id) }))
    .filter((entry) => entry.ids.length > 1);
}

/** Views the branch through `chosen` and returns its leaf; undefined if the message is gone. */
export async function choose(
  scope: Scope,
  chosen: Message,
  left: LastViewed | undefined,
): Promise<string | undefined> {
  const { id, parentId, conversationId } = chosen;
  return inTransaction(scope, (within) => {
    if (!tree.hasMessage(within, id, conversationId)) return undefined;
    const leafId = tree.leafBelow(within, id);
    if (left) tree.rememberLeaf(within, conversationId, left);
    if (parentId !== null) {
      const parent = and(eq(messages.id, parentId), eq(messages.ownerId, scope.ownerId));
      within.db.update(messages).set({ chosenId: id }).where(parent).run();
    }
    within.db.update(conversations).set({ leafId }).where(own(scope, conversationId)).run();
    return leafId;
  });
}

/** A message and all messages below it, parents before their children. */
export async function withFollowing({ db, ownerId }: Scope, id: string): Promise<string[]> {
  const rows = db.all<{ id: string }>(sql`
    with recursive below(id) as (
      select id from messages where id = ${id} and owner_id = ${ownerId}
      union all
      select m.id from messages m join below on m.parent_id = below.id
    ) select id from below order by id`);
  return rows.map((row) => row.id);
}

/** Deletes a subtree, given parents first; if it was viewed, `leafId` is viewed next. False if the tree has changed. */
export async function remove(
  scope: Scope,
  conversationId: string,
  ids: readonly string[],
  leafId: string | null,
): Promise<boolean> {
  const gone = new Set(ids);
  return inTransaction(scope, (within) => {
    const { db, ownerId } = within;
    if (!isAsRead(within, conversationId, ids, leafId)) return false;
    const conversation = own(scope, conversationId);
    const now = db.select({ leafId: conversations.leafId }).from(conversations).where(conversation);
    if (gone.has(now.get()?.leafId ?? "")) {
      db.update(conversations).set({ leafId }).where(conversation).run();
    }
    // The last ones first, since SQLite limits the depth of cascades.
    for (const id of ids.toReversed()) {
      db.delete(messages)
        .where(and(eq(messages.id, id), eq(messages.ownerId, ownerId)))
        .run();
    }
    return true;
  });
}

function inReadingOrder({ db }: Scope, path: SQL, most: Most): Message[] {
  const fitting = sql`
    select id, depth from (
      select path.id, path.depth, row_number() over nearest as place,
        sum(octet_length(m.content) + octet_length(m.thinking)) over nearest as total
      from (${path}) path join messages m on m.id = path.id
      window nearest as (order by abs(path.depth))
    ) where place = 1 or total <= ${most.bytes ?? null}`;
  return db
    .select({ message: messages })
    .from(messages)
    .innerJoin(
      sql`(${most.bytes === undefined ? path : fitting}) as path`,
      sql`path.id = ${messages.id}`,
    )
    .orderBy(sql`path.depth desc`)
    .all()
    .map((row) => row.message);
}

function own({ ownerId }: Scope, conversationId: string): SQL | undefined {
  return and(eq(conversations.id, conversationId), eq(conversations.ownerId, ownerId));
}

function isAsRead(
  { db, ownerId }: Scope,
  conversationId: string,
  ids: readonly string[],
  leafId: string | null,
): boolean {
  const list = sql`(select value from json_each(${JSON.stringify(ids)}))`;
  const [now] = db.all<{ there: number; more: number; leaf: number }>(sql`select
    (select count(*) from messages where id in ${list} and owner_id = ${ownerId}) as there,
    exists (select 1 from messages where parent_id in ${list} and id not in ${list}) as more,
    case when ${leafId} is null
      then not exists (select 1 from messages
        where conversation_id = ${conversationId} and parent_id is null and id not in ${list})
      else exists (select 1 from messages where id = ${leafId} and conversation_id = ${conversationId})
        and not exists (select 1 from messages where parent_id = ${leafId} and id not in ${list})
    end as leaf`);
  return now?.there === ids.length && now.more === 0 && now.leaf === 1;
}
