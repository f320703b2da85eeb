import { redirect } from "@remix-run/node";
import { restoreConversation } from "~/conversations/deleting";
import { handle } from "~/http/handle";
import { afterRestoring } from "~/pages/deleted-notice";

export { formOnly as loader } from "~/http/handle";

export const action = handle(async ({ context, request, id }) => {
  await restoreConversation(context.db, id);
  return redirect(afterRestoring(context, request, id), 303);
});
