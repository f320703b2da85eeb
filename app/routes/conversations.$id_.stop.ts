import { findConversation } from "~/conversations/find";
import { stopAnswers } from "~/conversations/stopping";
import { readForm } from "~/http/form";
import { formOnly, handled } from "~/http/handled";
import { backToConversation } from "~/pages/back-to-conversation";

export const loader = formOnly;

/**
 * Stops what is being written in a conversation: with `?at=` only at that message and below it. A document that
 * streams goes on by itself with the prompts that wait, so its Stop cannot name the answer.
 */
export const action = handled(async ({ request, params, context }) => {
  const { db } = context;
  const field = await readForm(request);
  const { id } = await findConversation(db, params.id ?? "");
  const asked = new URL(request.url).searchParams;
  const at = asked.get("at") ?? undefined;
  await stopAnswers(context, id, at);
  const leafId = asked.get("leaf") ?? at;
  return backToConversation(context, request, id, field, { leafId });
});
