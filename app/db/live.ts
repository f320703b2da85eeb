import { and, eq, inArray } from "drizzle-orm";
import type { Drizzle } from "./open";
import { generations } from "./schema";

export type Transaction = Parameters<Parameters<Drizzle["transaction"]>[0]>[0];

/** Whether an answer of the conversation is queued or being written. */
export function isLive(tx: Transaction, conversationId: string): boolean {
  const live = tx
    .select({ id: generations.id })
    .from(generations)
    .where(
      and(
        eq(generations.conversationId, conversationId),
        inArray(generations.state, ["queued", "running"]),
      ),
    )
    .limit(1)
    .get();
  return live !== undefined;
}
