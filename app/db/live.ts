import { and, eq, inArray, sql } from "drizzle-orm";
import { generations, waitingPrompts } from "./schema";
import type { Scope } from "./scope";

/** Matches waiting prompts whose answer is not being written. */
export const HELD = sql`not exists (select 1 from generations g
  where g.message_id = waiting_prompts.behind_id and g.state in ('queued', 'running'))`;

/** Whether a message is a queued or running answer. */
export function isLive({ db }: Scope, messageId: string): boolean {
  const live = db
    .select({ id: generations.id })
    .from(generations)
    .where(
      and(eq(generations.messageId, messageId), inArray(generations.state, ["queued", "running"])),
    )
    .limit(1)
    .get();
  return live !== undefined;
}

/** The newest queued or running answer at a message or below it; of the conversation if it is null. */
export function liveBelow(
  scope: Scope,
  conversationId: string,
  messageId: string | null,
): string | undefined {
  return allLiveBelow(scope, conversationId, messageId)[0];
}

/** Stops queued answers at a message or below it, and moves their waiting prompts. The caller stops running ones. */
export function replaceBelow(
  scope: Scope,
  conversationId: string,
  messageId: string,
  by: { answerId: string; now: number },
): void {
  const live = allLiveBelow(scope, conversationId, messageId);
  if (live.length === 0) return;
  const { db } = scope;
  db.update(waitingPrompts)
    .set({ behindId: by.answerId })
    .where(
      and(
        eq(waitingPrompts.conversationId, conversationId),
        inArray(waitingPrompts.behindId, live),
      ),
    )
    .run();
  db.update(generations)
    .set({ state: "stopped", endedAt: by.now })
    .where(and(inArray(generations.messageId, live), eq(generations.state, "queued")))
    .run();
}

/** Newest first. Walks up from live answers, so it costs their distance. */
function allLiveBelow(
  { db, ownerId }: Scope,
  conversationId: string,
  messageId: string | null,
): string[] {
  const rows = db.all<{ live: string }>(sql`
    with recursive path(live, id, parent_id) as (
      select m.id, m.id, m.parent_id
      from generations g join messages m on m.id = g.message_id
      where g.conversation_id = ${conversationId} and g.owner_id = ${ownerId}
        and g.state in ('queued', 'running')
      union all
      select path.live, m.id, m.parent_id from messages m join path on m.id = path.parent_id
      where path.id > ${messageId}
    ) select live from path where ${messageId} is null or id = ${messageId}
    order by live desc`);
  return rows.map(({ live }) => live);
}
