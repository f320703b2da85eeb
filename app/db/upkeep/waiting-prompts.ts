import type { Drizzle } from "../open";
import { waitingPrompts } from "../schema";
import type { WaitingPrompt } from "../waiting-prompts";

/** The answers with waiting prompts, for the start of the server. */
export async function answers(
  db: Drizzle,
): Promise<Pick<WaitingPrompt, "ownerId" | "conversationId" | "behindId">[]> {
  const { ownerId, conversationId, behindId } = waitingPrompts;
  return db.selectDistinct({ ownerId, conversationId, behindId }).from(waitingPrompts).all();
}
