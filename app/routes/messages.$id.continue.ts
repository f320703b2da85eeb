import { redirect } from "@remix-run/node";
import { continueAnswer } from "~/conversations/turns";
import { formOnly, handled } from "~/http/handled";
import { hrefs } from "~/pages/hrefs";

export const loader = formOnly;

export const action = handled(async ({ params, context }) => {
  const conversationId = await continueAnswer(context, context.ownerId, params.id ?? "");
  return redirect(hrefs.conversation(context.base, conversationId), 303);
});
