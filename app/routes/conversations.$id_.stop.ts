import { findConversation } from "~/conversations/find";
import { backToConversation } from "~/http/back-to-conversation";
import { readForm } from "~/http/form";
import { formOnly, handled } from "~/http/handled";

export const loader = formOnly;

/**
 * Stops whatever is being written in a conversation. A document that streams goes on by itself with the
 * prompts that wait, so its Stop cannot name the answer.
 */
export const action = handled(async ({ request, params, context }) => {
  const { db, generations, ownerId } = context;
  const field = await readForm(request);
  const { id } = await findConversation(db, ownerId, params.id ?? "");
  const live = generations.liveIn(ownerId, id);
  if (live) await generations.stop(ownerId, live.ids.generationId);
  return backToConversation(context, request, id, field);
});
