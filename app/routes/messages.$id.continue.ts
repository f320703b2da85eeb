import { redirect } from "@remix-run/node";
import { continueAnswer } from "~/conversations/turns";
import { formOnly, handled } from "~/http/handled";

export const loader = formOnly;

export const action = handled(async ({ params, context }) => {
  const conversationId = await continueAnswer(context, params.id ?? "");
  return redirect(context.hrefs.conversation(conversationId), 303);
});
