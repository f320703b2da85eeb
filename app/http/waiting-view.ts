import type { WaitingView } from "~/components/views";
import type { Generation } from "~/db/generations";
import type { RequestContext } from "./context";
import { hrefs } from "./hrefs";

/** Why prompts hold, by what became of the answer that they waited for. */
const REASONS: Partial<Record<Generation["state"], string>> = {
  stopped: "The answer was stopped, so what was to follow waits for you.",
  failed: "The answer failed, so what was to follow waits for you.",
  interrupted: "The answer was interrupted, so what was to follow waits for you.",
};
const NO_ANSWER = "No answer is being written, so what was to follow waits for you.";

/**
 * The prompts that wait in a conversation, or undefined where none does. Without a live answer they hold,
 * and each can be sent behind `leafId`, the end of the branch that the page shows.
 */
export async function waitingView(
  { db, base, ownerId }: RequestContext,
  conversationId: string,
  { leafId, live }: { leafId: string | undefined; live: boolean },
): Promise<WaitingView | undefined> {
  const prompts = await db.waitingPrompts.list(ownerId, conversationId);
  if (prompts.length === 0) return undefined;
  const ids = prompts.map(({ id }) => id);
  const files = await db.files.ofWaitingPrompts(ownerId, ids);
  const newest = live ? undefined : await db.generations.newestIn(ownerId, conversationId);
  return {
    prompts: prompts.map(({ id, prompt }) => ({
      id,
      text: prompt,
      files: (files.get(id) ?? []).map(({ name }) => name),
      edit: hrefs.editWaiting(base, id),
      withdraw: hrefs.withdraw(base, id),
      ...(live ? {} : { send: hrefs.sendWaiting(base, id, leafId) }),
    })),
    ...(live ? {} : { held: REASONS[newest?.state ?? "finished"] ?? NO_ANSWER }),
  };
}
