import { eq } from "drizzle-orm";
import type { Drizzle } from "../open";
import { BEING_WRITTEN, conversations, imports, waitingPrompts } from "../schema";
import type { WaitingPrompt } from "../waiting-prompts";

/** Deletes conversations whose import was not completed. */
export async function discardImported(db: Drizzle): Promise<void> {
  db.update(conversations)
    .set({ deletedAt: 0, importedFrom: null })
    .where(eq(conversations.deletedAt, BEING_WRITTEN))
    .run();
}

export async function interruptImports(db: Drizzle, endedAt: number): Promise<void> {
  db.update(imports)
    .set({ state: "interrupted", endedAt })
    .where(eq(imports.state, "running"))
    .run();
}

export async function answersWithWaiting(
  db: Drizzle,
): Promise<Pick<WaitingPrompt, "ownerId" | "conversationId" | "behindId">[]> {
  const { ownerId, conversationId, behindId } = waitingPrompts;
  return db.selectDistinct({ ownerId, conversationId, behindId }).from(waitingPrompts).all();
}
