import { redirect } from "@remix-run/node";
import { findConversation } from "~/conversations/find";
import { handle } from "~/http/handle";
import { refererPage } from "~/http/way-back";
import type { RequestContext } from "./context";

/**
 * The action of a form that does one thing with a conversation and leads back to where it was sent from;
 * an unknown conversation is a 404.
 */
export function conversationVerb(act: (context: RequestContext, id: string) => Promise<unknown>) {
  return handle(async ({ context, request, id }) => {
    await findConversation(context.db, id);
    await act(context, id);
    return redirect(refererPage(request, context.base), 303);
  });
}
