import type { WaitingView } from "~/components/waiting-prompts";
import type { Generation } from "~/db/generations";
import type { LiveAnswer } from "~/generation/live-answer";
import type { RequestContext } from "./context";

/** Why prompts are held, by the state of the answer that they waited for. */
const REASONS: Partial<Record<Generation["state"], string>> = {
  stopped: "The answer was stopped, so what was to follow waits for you.",
  failed: "The answer failed, so what was to follow waits for you.",
  interrupted: "The answer was interrupted, so what was to follow waits for you.",
};
const NO_ANSWER = "No answer is being written, so what was to follow waits for you.";

/**
 * The prompts that wait for the live answer of a page, or undefined where none does. Where nothing is live at its
 * end, those of the conversation that are held: each can be sent behind `leafId`, the end of the branch.
 */
export async function waitingView(
  { db, hrefs, ownerId, generations }: RequestContext,
  conversationId: string,
  leafId: string | undefined,
  live: LiveAnswer | undefined,
): Promise<WaitingView | undefined> {
  const all = await db.waitingPrompts.list(conversationId);
  const busy = new Set(generations.liveIn(ownerId, conversationId).map(({ ids }) => ids.messageId));
  const prompts = all.filter(({ behindId }) =>
    live ? behindId === live.ids.messageId : !busy.has(behindId),
  );
  const [first] = prompts;
  if (!first) return undefined;
  const ids = prompts.map(({ id }) => id);
  const files = await db.files.ofWaitingPrompts(ids);
  const [before] = live ? [] : await db.generations.newestOf([first.behindId]);
  return {
    prompts: prompts.map(({ id, prompt }) => ({
      id,
      text: prompt,
      files: (files.get(id) ?? []).map(({ name }) => name),
      edit: hrefs.editWaiting(id),
      withdraw: hrefs.withdraw(id),
      ...(live ? {} : { send: hrefs.sendWaiting(id, leafId) }),
    })),
    ...(live ? {} : { held: REASONS[before?.state ?? "finished"] ?? NO_ANSWER }),
  };
}
