import { type MetaFunction, redirect } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { DeleteMessage } from "~/components/delete-message";
import { countWithFollowing, deleteMessage } from "~/conversations/alternatives";
import { findMessage } from "~/conversations/find";
import { ParleyError, problemOf } from "~/errors";
import { readForm } from "~/http/form";
import { handled } from "~/http/handled";
import { outcomeOf, showAgain } from "~/pages/outcome";
import { Page } from "~/pages/page";

export const meta: MetaFunction = () => [{ title: "Delete messages · Parley" }];

/** As much of a message as tells which one it is. */
const SHOWN_CHARACTERS = 500;

/** Asks once more, and says how much goes. */
export const loader = handled(async ({ params, context }) => {
  const { db, hrefs } = context;
  const message = await findMessage(db, params.id ?? "");
  const { id, conversationId, content } = message;
  return {
    isPrompt: message.role !== "assistant",
    text: content.length > SHOWN_CHARACTERS ? `${content.slice(0, SHOWN_CHARACTERS)}…` : content,
    count: await countWithFollowing(db, id),
    action: hrefs.deleteMessage(id),
    cancel: hrefs.message(conversationId, id),
    problem: outcomeOf(context, "deletion-refused")?.problem,
  };
});

export const action = handled(async ({ request, params, context }) => {
  const field = await readForm(request);
  const agreed = Number(field("count"));
  try {
    const { conversationId, leafId } = await deleteMessage(context, params.id ?? "", agreed);
    const { hrefs } = context;
    return redirect(
      leafId ? hrefs.place(conversationId, leafId) : hrefs.conversation(conversationId),
      303,
    );
  } catch (error) {
    if (!(error instanceof ParleyError) || error.status !== 409) throw error;
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
