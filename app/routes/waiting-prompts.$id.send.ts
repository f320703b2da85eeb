import { sendWaiting } from "~/conversations/waiting-prompts";
import { handleForm } from "~/http/handle";
import { backToConversation, ComposerFields } from "~/pages/back-to-conversation";

export { formOnly as loader } from "~/http/handle";

export const action = handleForm(ComposerFields, async (typed, { context, request, id, query }) => {
  const leafId = query.get("at") ?? undefined;
  const conversationId = await sendWaiting(context, id, leafId);
  return backToConversation(context, request, conversationId, typed);
});
