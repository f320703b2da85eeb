import { redirect } from "@remix-run/node";
import { continueAnswer } from "~/conversations/turns";
import { handle } from "~/http/handle";

export { formOnly as loader } from "~/http/handle";

export const action = handle(async ({ context, id }) => {
  const conversationId = await continueAnswer(context, id);
  return redirect(context.hrefs.conversation(conversationId), 303);
});
