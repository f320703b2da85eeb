import { redirect } from "@remix-run/node";
import { deleteConversation } from "~/conversations/deleting";
import { handle } from "~/http/handle";
import { afterDeletion } from "~/pages/deleted-notice";

export { formOnly as loader } from "~/http/handle";

export const action = handle(async ({ context, request, id }) => {
  await deleteConversation(context, id);
  return redirect(afterDeletion(context, request, id), 303);
});
