import { withdrawPrompt } from "~/conversations/waiting-prompts";
import { handleForm } from "~/http/handle";
import { backToConversation, ComposerFields } from "~/pages/back-to-conversation";

export { formOnly as loader } from "~/http/handle";

export const action = handleForm(ComposerFields, async (typed, { context, request, id }) => {
  const given = await withdrawPrompt(context, id);
  return backToConversation(context, request, given.conversationId, typed, { given });
});
