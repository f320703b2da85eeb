import { redirect } from "@remix-run/node";
import { findConversation } from "~/conversations/find";
import { handled } from "~/http/handled";
import { wayBack } from "~/http/way-back";
import type { RequestContext } from "./context";

/**
 * The action of a form that does one thing with a conversation and leads back to where it was sent from;
 * an unknown conversation is a 404.
 */
export function conversationVerb(act: (context: RequestContext, id: string) => Promise<unknown>) {
  return handled(async ({ request, params, context }) => {
    const id = params.id ?? "";
    await findConversation(context.db, id);
    await act(context, id);
    return redirect(wayBack(request, request.headers.get("referer"), context.base), 303);
  });
}
