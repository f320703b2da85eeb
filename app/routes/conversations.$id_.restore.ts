import { redirect } from "@remix-run/node";
import { restoreConversation } from "~/conversations/deleting";
import { formOnly, handled } from "~/http/handled";
import { afterRestoring } from "~/pages/deleted-notice";

export const loader = formOnly;

export const action = handled(async ({ request, params, context }) => {
  const id = params.id ?? "";
  await restoreConversation(context.db, id);
  return redirect(afterRestoring(context, request, id), 303);
});
