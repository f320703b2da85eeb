import { redirect } from "@remix-run/node";
import { restoreConversation } from "~/conversations/deleting";
import { afterRestoring } from "~/http/deleted-notice";
import { formOnly, handled } from "~/http/handled";

export const loader = formOnly;

export const action = handled(async ({ request, params, context }) => {
  const id = params.id ?? "";
  await restoreConversation(context.db, context.ownerId, id);
  return redirect(afterRestoring(request, id, context.base), 303);
});
