import { withdrawPrompt } from "~/conversations/waiting-prompts";
import { readForm } from "~/http/form";
import { formOnly, handled } from "~/http/handled";
import { backToConversation } from "~/pages/back-to-conversation";

export const loader = formOnly;

export const action = handled(async ({ request, params, context }) => {
  const field = await readForm(request);
  const withdrawn = await withdrawPrompt(context, params.id ?? "");
  return backToConversation(context, request, withdrawn.conversationId, field, {
    given: withdrawn,
  });
});
