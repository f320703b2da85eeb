import { type MetaFunction, redirect } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import * as v from "valibot";
import { DeleteMessage } from "~/components/delete-message";
import { deleteMessage } from "~/conversations/alternatives";
import { ParleyError, problemOf } from "~/errors";
import { textIfSent } from "~/http/form";
import { handle, handleForm } from "~/http/handle";
import { deletionPage } from "~/pages/messages";
import { showAgain } from "~/pages/outcome";
import { Page } from "~/pages/page";

export const meta: MetaFunction = () => [{ title: "Delete messages · Parley" }];

export const loader = handle(({ context, id }) => deletionPage(context, id));

/** How many messages the page said it would delete. */
const Agreed = v.object({ count: v.pipe(textIfSent, v.transform(Number)) });

export const action = handleForm(Agreed, async ({ count }, { context, id }) => {
  const { hrefs } = context;
  try {
    const { conversationId, leafId } = await deleteMessage(context, id, count);
    const to = leafId ? hrefs.place(conversationId, leafId) : hrefs.conversation(conversationId);
    return redirect(to, 303);
  } catch (error) {
    if (!(error instanceof ParleyError) || error.kind !== "conflict") throw error;
    return showAgain(context, { kind: "deletion-refused", problem: problemOf(error) }, 409);
  }
});

export default function DeleteMessageRoute() {
  return (
    <Page place="page" title="Delete messages">
      <DeleteMessage {...useLoaderData<typeof loader>()} />
    </Page>
  );
}
