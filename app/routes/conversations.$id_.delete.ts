import { redirect } from "@remix-run/node";
import { deleteConversation } from "~/conversations/deleting";
import { formOnly, handled } from "~/http/handled";
import { afterDeletion } from "~/pages/deleted-notice";

export const loader = formOnly;

export const action = handled(async ({ request, params, context }) => {
  const id = params.id ?? "";
  await deleteConversation(context, id);
  return redirect(afterDeletion(context, request, id), 303);
});
