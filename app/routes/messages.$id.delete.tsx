import { json, type MetaFunction, redirect } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { DeleteMessage } from "~/components/delete-message";
import { countWithFollowing, deleteMessage } from "~/conversations/alternatives";
import { findMessage } from "~/conversations/find";
import { ParleyError, problemOf } from "~/errors";
import { readForm } from "~/http/form";
import { handled } from "~/http/handled";
import { hrefs } from "~/pages/hrefs";
import { Page } from "~/pages/page";

export const meta: MetaFunction = () => [{ title: "Delete messages · Parley" }];

/** As much of a message as tells which one it is. */
const SHOWN_CHARACTERS = 500;

/** Asks once more, and says how much goes. */
export const loader = handled(async ({ params, context }) => {
  const { db, base, ownerId, refused } = context;
  const message = await findMessage(db, ownerId, params.id ?? "");
  const { id, conversationId, content } = message;
  return {
    isPrompt: message.role !== "assistant",
    text: content.length > SHOWN_CHARACTERS ? `${content.slice(0, SHOWN_CHARACTERS)}…` : content,
    count: await countWithFollowing(db, ownerId, id),
    action: hrefs.deleteMessage(base, id),
    cancel: hrefs.message(base, conversationId, id),
    ...(refused ? { problem: refused.problem } : {}),
  };
});

export const action = handled(async ({ request, params, context }) => {
  const field = await readForm(request);
  const agreed = Number(field("count"));
  try {
    const { conversationId, leafId } = await deleteMessage(
      context,
      context.ownerId,
      params.id ?? "",
      agreed,
    );
    const { base } = context;
    return redirect(
      leafId ? hrefs.place(base, conversationId, leafId) : hrefs.conversation(base, conversationId),
      303,
    );
  } catch (error) {
    if (!(error instanceof ParleyError) || error.status !== 409) throw error;
    context.refused = { prompt: "", problem: problemOf(error) };
    return json(null, { status: 409 });
  }
});

export default function DeleteMessageRoute() {
  return (
    <Page place="page" title="Delete messages">
      <DeleteMessage {...useLoaderData<typeof loader>()} />
    </Page>
  );
}
