import { sendWaiting } from "~/conversations/waiting-prompts";
import { readForm } from "~/http/form";
import { formOnly, handled } from "~/http/handled";
import { backToConversation } from "~/pages/back-to-conversation";

export const loader = formOnly;

export const action = handled(async ({ request, params, context }) => {
  const field = await readForm(request);
  const leafId = new URL(request.url).searchParams.get("at") ?? undefined;
  const conversationId = await sendWaiting(context, params.id ?? "", leafId);
  return backToConversation(context, request, conversationId, field);
});
