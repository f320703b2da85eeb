import { and, eq, inArray, sql } from "drizzle-orm";
import type { Transaction } from "./open";
import { generations, waitingPrompts } from "./schema";

/** Whether a message is an answer that is queued or being written. */
export function isLive(tx: Transaction, messageId: string): boolean {
  const live = tx
    .select({ id: generations.id })
    .from(generations)
    .where(
      and(eq(generations.messageId, messageId), inArray(generations.state, ["queued", "running"])),
    )
    .limit(1)
    .get();
  return live !== undefined;
}

/**
 * The newest answer that is queued or being written at a message or anywhere below it; without a message,
 * anywhere in the conversation.
 */
export function liveBelow(
  tx: Transaction,
  conversationId: string,
  messageId: string | null,
): string | undefined {
  return allLiveBelow(tx, conversationId, messageId)[0];
}

/**
 * Lets a new answer replace those being written at a message or below it: the queued ones are stopped, and the
 * prompts that wait for any of them now wait for the new one. Running ones must be stopped by whoever runs them.
 */
export function replaceBelow(
  tx: Transaction,
  conversationId: string,
  messageId: string,
  by: { answerId: string; now: number },
): void {
  const live = allLiveBelow(tx, conversationId, messageId);
  if (live.length === 0) return;
  tx.update(waitingPrompts)
    .set({ behindId: by.answerId })
    .where(
      and(
        eq(waitingPrompts.conversationId, conversationId),
        inArray(waitingPrompts.behindId, live),
      ),
    )
    .run();
  tx.update(generations)
    .set({ state: "stopped", endedAt: by.now })
    .where(and(inArray(generations.messageId, live), eq(generations.state, "queued")))
    .run();
}

/** Newest first. Walks up from what is live, so it costs the way between the two. */
function allLiveBelow(tx: Transaction, conversationId: string, messageId: string | null): string[] {
  const rows = tx.all<{ live: string }>(sql`
    with recursive path(live, id, parent_id) as (
      select m.id, m.id, m.parent_id
      from generations g join messages m on m.id = g.message_id
      where g.conversation_id = ${conversationId} and g.state in ('queued', 'running')
      union all
      select path.live, m.id, m.parent_id from messages m join path on m.id = path.parent_id
      where path.id > ${messageId}
    ) select live from path where ${messageId} is null or id = ${messageId}
    order by live desc`);
  return rows.map(({ live }) => live);
}
