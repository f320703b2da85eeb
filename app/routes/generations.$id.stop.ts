import { redirect } from "@remix-run/node";
import { ParleyError } from "~/errors";
import { handle } from "~/http/handle";
import { messageHref } from "~/pages/back-to-conversation";

export { formOnly as loader } from "~/http/handle";

export const action = handle(async ({ context, id }) => {
  const { db, generations, ownerId } = context;
  const generation = await db.generations.find(id);
  if (!generation || !(await db.conversations.find(generation.conversationId))) {
    throw new ParleyError("generation-unknown", "There is no such answer to stop.", {
      kind: "unknown",
      next: "Go back to the conversation.",
    });
  }
  await generations.stop(ownerId, generation.id);
  const { conversationId, messageId } = generation;
  return redirect(await messageHref(context, conversationId, messageId), 303);
});
