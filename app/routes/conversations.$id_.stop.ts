import { findConversation } from "~/conversations/find";
import { backToConversation } from "~/http/back-to-conversation";
import { readForm } from "~/http/form";
import { formOnly, handled } from "~/http/handled";

export const loader = formOnly;

/**
 * Stops what is being written in a conversation, at the message `?at=` or below it. A document that streams
 * goes on by itself with the prompts that wait, so its Stop cannot name the answer.
 */
export const action = handled(async ({ request, params, context }) => {
  const { db, generations, ownerId } = context;
  const field = await readForm(request);
  const { id } = await findConversation(db, ownerId, params.id ?? "");
  const at = new URL(request.url).searchParams.get("at");
  const messageId = await db.generations.liveBelow(id, at);
  const live = generations.liveIn(ownerId, id).find(({ ids }) => ids.messageId === messageId);
  if (live) await generations.stop(ownerId, live.ids.generationId);
  return backToConversation(context, request, id, field);
});
