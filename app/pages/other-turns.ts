import type { OtherAnswersView } from "~/components/other-answers";
import type { WaitingView } from "~/components/waiting-prompts";
import type { Generation } from "~/db/generations";
import type { LiveAnswer } from "~/generation/live-answer";
import type { RequestContext } from "./context";

const PROMPT_CHARACTERS = 200;
/** The sentence still counts all of them. */
const MOST_SHOWN = 5;

/** The answers being written on other branches; undefined if there are none. A scripted page polls for changes. */
export async function otherAnswers(
  context: RequestContext,
  conversationId: string,
  leafId: string | undefined,
  scripted: boolean,
): Promise<OtherAnswersView | undefined> {
  const { hrefs, ownerId, generations } = context;
  const others = generations
    .liveIn(ownerId, conversationId)
    .filter(({ ids }) => ids.messageId !== leafId);
  if (others.length === 0) return undefined;
  const shown = others.slice(0, MOST_SHOWN).map(({ ids }) => ids);
  const prompts = await Promise.all(shown.map(({ messageId }) => promptOf(context, messageId)));
  return {
    count: others.length,
    queued: others.every(({ status }) => status.state === "queued"),
    answers: shown.map(({ messageId, model }, index) => ({
      id: messageId,
      model,
      prompt: prompts[index] ?? "",
      show: hrefs.end(conversationId, messageId),
      stop: hrefs.stopIn(conversationId, { at: messageId, leaf: leafId }),
    })),
    stopAll: hrefs.stopIn(conversationId, { leaf: leafId }),
    again: scripted ? hrefs.others(conversationId, leafId) : undefined,
  };
}

async function promptOf({ db }: RequestContext, messageId: string): Promise<string> {
  const parentId = (await db.messages.find(messageId))?.parentId;
  const prompt = parentId ? await db.messages.find(parentId) : undefined;
  return prompt?.content.slice(0, PROMPT_CHARACTERS).trim() ?? "";
}

const REASONS: Partial<Record<Generation["state"], string>> = {
  stopped: "The answer was stopped, so what was to follow waits for you.",
  failed: "The answer failed, so what was to follow waits for you.",
  interrupted: "The answer was interrupted, so what was to follow waits for you.",
};
const NO_ANSWER = "No answer is being written, so what was to follow waits for you.";

/** The prompts waiting for the live answer; without one, those waiting for none, each to be sent after `leafId`. */
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
      send: live ? undefined : hrefs.sendWaiting(id, leafId),
    })),
    held: live ? undefined : (REASONS[before?.state ?? "finished"] ?? NO_ANSWER),
  };
}
