import { type ActionFunctionArgs, redirect } from "@remix-run/node";
import { deleteConversation, restoreConversation } from "~/conversations/deleting";
import { findConversation } from "~/conversations/find";
import { ParleyError } from "~/errors";
import { formOnly, handle } from "~/http/handle";
import { refererPage } from "~/http/way-back";
import type { RequestContext } from "~/pages/context";
import { afterDeletion, afterRestoring } from "~/pages/conversation-menu";
import { loader as nothingHere } from "./$";

const ACTIONS = new Map([
  ["pin", change(({ db }, id) => db.conversations.setPinned(id, true))],
  ["unpin", change(({ db }, id) => db.conversations.setPinned(id, false))],
  ["archive", change(({ db }, id) => db.conversations.setArchived(id, true))],
  ["unarchive", change(({ db }, id) => db.conversations.setArchived(id, false))],
  [
    "delete",
    handle(async ({ context, request, id }) => {
      await deleteConversation(context, id);
      return redirect(afterDeletion(context, request, id), 303);
    }),
  ],
  [
    "restore",
    handle(async ({ context, request, id }) => {
      await restoreConversation(context.db, id);
      return redirect(afterRestoring(context, request, id), 303);
    }),
  ],
]);

/** Changes a conversation and leads back to the page that the form was on; an unknown conversation is a 404. */
function change(act: (context: RequestContext, id: string) => Promise<unknown>) {
  return handle(async ({ context, request, id }) => {
    await findConversation(context.db, id);
    await act(context, id);
    return redirect(refererPage(request, context.base), 303);
  });
}

const noForm = handle(async (): Promise<never> => {
  throw new ParleyError("wrong-method", "This address does not work that way.", {
    kind: "wrong-method",
    next: "It is meant for a form. Go back and use the button there.",
  });
});

export const loader = (args: ActionFunctionArgs) =>
  ACTIONS.has(verbOf(args)) ? formOnly(args) : nothingHere(args);

export const action = (args: ActionFunctionArgs) => (ACTIONS.get(verbOf(args)) ?? noForm)(args);

/** In lower case, as the router compares the fixed parts of an address. */
function verbOf({ params }: ActionFunctionArgs): string {
  return params.verb?.toLowerCase() ?? "";
}
