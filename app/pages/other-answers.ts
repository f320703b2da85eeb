import type { OtherAnswersView } from "~/components/other-answers";
import type { RequestContext } from "./context";

/** Enough of a prompt to recognise it. */
const PROMPT_CHARACTERS = 200;
/** How many are listed; the sentence counts all of them. */
const MOST_SHOWN = 5;

/**
 * The answers being written on other branches than that of `leafId`; undefined if there are none. A scripted page
 * asks again while there are any.
 */
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
    ...(scripted ? { again: hrefs.others(conversationId, leafId) } : {}),
  };
}

/** The beginning of the prompt that an answer is for. */
async function promptOf({ db }: RequestContext, messageId: string): Promise<string> {
  const parentId = (await db.messages.find(messageId))?.parentId;
  const prompt = parentId ? await db.messages.find(parentId) : undefined;
  return prompt?.content.slice(0, PROMPT_CHARACTERS).trim() ?? "";
}
