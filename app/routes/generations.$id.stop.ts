import { redirect } from "@remix-run/node";
import { ParleyError } from "~/errors";
import { formOnly, handled } from "~/http/handled";
import { messageHref } from "~/pages/branch-href";

export const loader = formOnly;

export const action = handled(async ({ params, context }) => {
  const { db, generations, ownerId } = context;
  const generation = await db.generations.find(params.id ?? "");
  if (!generation || !(await db.conversations.find(generation.conversationId))) {
    throw new ParleyError("generation-unknown", "There is no such answer to stop.", {
      status: 404,
      next: "Go back to the conversation.",
    });
  }
  await generations.stop(ownerId, generation.id);
  const { conversationId, messageId } = generation;
  return redirect(await messageHref(context, conversationId, messageId), 303);
});
