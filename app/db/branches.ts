import { and, eq, sql } from "drizzle-orm";
import type { Message } from "./messages";
import type { Drizzle, Transaction } from "./open";
import { conversations, messages } from "./schema";

/** The ids of a message's alternatives, itself among them, oldest first. */
export interface Alternatives {
  messageId: string;
  ids: string[];
}

/** Where one was when one left a message for one of its alternatives. */
export interface LeftBranch {
  messageId: string;
  leafId: string;
}

/** How many messages are read: so many, and no more than have so many bytes of text together, but always one. */
export interface Most {
  messages: number;
  bytes?: number;
}

/**
 * How the tree of a conversation is read and walked. Except where it says otherwise, a query costs what it
 * returns, however long the conversation is.
 */
export function branchQueries(db: Drizzle) {
  /** `most`: those nearest to the place that one has come for, as far as their text fits, and always the first. */
  function inOrder(path: ReturnType<typeof sql>, most: Most): Message[] {
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

  return {
    /** The messages from the first one to `leafId`, in reading order; costs the length of the branch. */
    async whole(ownerId: string, leafId: string): Promise<Message[]> {
      return this.upTo(ownerId, leafId, { messages: Number.MAX_SAFE_INTEGER });
    },

    /** The last of the branch that ends with `id`, in reading order; none before `first`. */
    async upTo(ownerId: string, id: string, most: Most, first = ""): Promise<Message[]> {
      return inOrder(
        sql`
        with recursive path(id, parent_id, depth) as (
          select id, parent_id, 1 from messages where id = ${id} and owner_id = ${ownerId}
          union all
          select m.id, m.parent_id, depth + 1 from messages m join path on m.id = path.parent_id
          where depth < ${most.messages} and path.id <> ${first}
        ) select id, depth from path`,
        most,
      );
    },

    /** Messages that follow `id`, in reading order, on the branch that one looked at last. */
    async below(ownerId: string, id: string, most: Most): Promise<Message[]> {
      return inOrder(
        sql`
        with recursive path(id, depth) as (
          select id, 0 from messages where id = ${id} and owner_id = ${ownerId}
          union all
          select ${nextBelow}, depth - 1 from path join messages m on m.id = path.id
          where depth > ${-most.messages}
        ) select id, depth from path where depth < 0 and id is not null`,
        most,
      );
    },

    /**
     * Whether a message is on the branch that ends with `leafId`. Parents are older than their children, so no
     * more is walked than lies between the two.
     */
    async isOnBranch(ownerId: string, id: string, leafId: string): Promise<boolean> {
      const row = db.get(sql`
        with recursive path(id, parent_id) as (
          select id, parent_id from messages where id = ${leafId} and owner_id = ${ownerId}
          union all
          select m.id, m.parent_id from messages m join path on m.id = path.parent_id
          where path.id > ${id}
        ) select id from path where id = ${id}`);
      return Boolean(row);
    },

    /** Whether a message has no child. */
    async isLeaf(id: string): Promise<boolean> {
      return !db.get(sql`select 1 from messages where parent_id = ${id} limit 1`);
    },

    /**
     * The leaf to go to for a message: where one was below it the last time, else down the newest ones. Only
     * what lies below the remembered place is walked.
     */
    async leafBelow(ownerId: string, id: string): Promise<string> {
      return leafBelow(db, ownerId, id);
    },

    /** For each of these messages that has alternatives: all their ids, oldest first. */
    async alternatives(ownerId: string, ids: readonly string[]): Promise<Alternatives[]> {
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
    },

    /**
     * Makes the branch through `chosen` the one that is looked at, to where one was below it the last time.
     * Gives its leaf, or undefined where the message is gone.
     */
    async choose(
      ownerId: string,
      chosen: Message,
      left: LeftBranch | undefined,
    ): Promise<string | undefined> {
      return db.transaction((tx) => {
        if (!isThere(tx, ownerId, chosen.id)) return undefined;
        const leafId = leafBelow(tx, ownerId, chosen.id);
        if (left) rememberLeaf(tx, ownerId, chosen.conversationId, left);
        if (chosen.parentId !== null) {
          tx.update(messages)
            .set({ chosenId: chosen.id })
            .where(eq(messages.id, chosen.parentId))
            .run();
        }
        tx.update(conversations)
          .set({ leafId })
          .where(
            and(eq(conversations.id, chosen.conversationId), eq(conversations.ownerId, ownerId)),
          )
          .run();
        return leafId;
      });
    },

    /** A message and all that follow it, on every branch: parents come before their children. */
    async withFollowing(ownerId: string, id: string): Promise<string[]> {
      return db
        .all<{ id: string }>(sql`
          with recursive below(id) as (
            select id from messages where id = ${id} and owner_id = ${ownerId}
            union all
            select m.id from messages m join below on m.parent_id = below.id
          ) select id from below order by id`)
        .map((row) => row.id);
    },

    /**
     * Deletes these messages, which must be all of a subtree with parents before children. Where the branch
     * that is looked at ended among them, it ends at `leafId` from now on. False, with nothing deleted, where
     * the tree has changed since it was read: there is more or less of the subtree, or `leafId` is no leaf.
     */
    async remove(
      ownerId: string,
      conversationId: string,
      ids: readonly string[],
      leafId: string | null,
    ): Promise<boolean> {
      const gone = new Set(ids);
      return db.transaction((tx) => {
        if (!isAsRead(tx, ownerId, conversationId, ids, leafId)) return false;
        const mine = and(eq(conversations.id, conversationId), eq(conversations.ownerId, ownerId));
        const now = tx.select({ leafId: conversations.leafId }).from(conversations).where(mine);
        if (gone.has(now.get()?.leafId ?? "")) {
          tx.update(conversations).set({ leafId }).where(mine).run();
        }
        // The last ones first: a cascade from parent to child to child has a limit of depth in SQLite.
        for (let end = ids.length; end > 0; end -= 1) {
          const id = ids[end - 1] ?? "";
          tx.delete(messages)
            .where(and(eq(messages.id, id), eq(messages.ownerId, ownerId)))
            .run();
        }
        return true;
      });
    },
  };
}

/** The child that one looked at last, else the newest one; null where `m` is a leaf. */
const nextBelow = sql`coalesce(
  (select c.id from messages c where c.id = m.chosen_id and c.parent_id = m.id),
  (select max(c.id) from messages c where c.parent_id = m.id))`;

function leafBelow(tx: Pick<Transaction, "all">, ownerId: string, id: string): string {
  // `all`, since Drizzle's `get` of written SQL gives a list of values, not a row.
  const [row] = tx.all<{ id: string }>(sql`
    with recursive path(id, depth) as (
      select coalesce(leaf_id, id), 0 from messages where id = ${id} and owner_id = ${ownerId}
      union all
      select ${nextBelow}, depth + 1 from path join messages m on m.id = path.id
    ) select id from path where id is not null order by depth desc limit 1`);
  return row?.id ?? id;
}

/** Whether the owner has this message, in this conversation where one is given. */
export function isThere(
  tx: Pick<Transaction, "select">,
  ownerId: string,
  id: string,
  conversationId?: string,
): boolean {
  const mine = and(eq(messages.ownerId, ownerId), eq(messages.id, id));
  const here = conversationId ? eq(messages.conversationId, conversationId) : undefined;
  return Boolean(tx.select({ id: messages.id }).from(messages).where(and(mine, here)).get());
}

/** Whether these are still the messages of a whole subtree, and `leafId` a leaf without them; null: nothing is left. */
function isAsRead(
  tx: Pick<Transaction, "all">,
  ownerId: string,
  conversationId: string,
  ids: readonly string[],
  leafId: string | null,
): boolean {
  const list = sql`(select value from json_each(${JSON.stringify(ids)}))`;
  const [now] = tx.all<{ there: number; more: number; leaf: number }>(sql`select
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

/** Farther than this nobody walks for a hint, or a turn would cost the more the longer the conversation is. */
const LONGEST_WALK = 200;

/** Whether a message can lie at another one or below it: known where it is near, believed where it is far. */
function mayBeBelow(
  tx: Pick<Transaction, "all">,
  { ownerId, conversationId }: { ownerId: string; conversationId: string },
  id: string,
  leafId: string,
): boolean {
  const [walk] = tx.all<{ found: number | null; far: number | null }>(sql`
    with recursive path(id, parent_id, depth) as (
      select id, parent_id, 0 from messages
      where id = ${leafId} and owner_id = ${ownerId} and conversation_id = ${conversationId}
      union all
      select m.id, m.parent_id, depth + 1 from messages m join path on m.id = path.parent_id
      where path.id > ${id} and depth < ${LONGEST_WALK}
    ) select max(id = ${id}) as found, max(depth) >= ${LONGEST_WALK} as far from path`);
  return walk?.found === 1 || walk?.far === 1;
}

/** Keeps where one was below a message; only a place that is below it, or it itself. */
export function rememberLeaf(
  tx: Transaction,
  ownerId: string,
  conversationId: string,
  { messageId, leafId }: LeftBranch,
): void {
  const here = isThere(tx, ownerId, messageId, conversationId);
  if (!here || !mayBeBelow(tx, { ownerId, conversationId }, messageId, leafId)) return;
  tx.update(messages).set({ leafId }).where(eq(messages.id, messageId)).run();
}
