import { redirect } from "@remix-run/node";
import { findConversation } from "~/conversations/find";
import { ParleyError } from "~/errors";
import { formOnly, handled } from "~/http/handled";
import { hrefs } from "~/http/hrefs";

export const loader = formOnly;

export const action = handled(async ({ params, context }) => {
  const { db, generations, ownerId, base } = context;
  const generation = await db.generations.find(ownerId, params.id ?? "");
  if (!generation) {
    throw new ParleyError("generation-unknown", "There is no such answer to stop.", {
      status: 404,
      next: "Go back to the conversation.",
    });
  }
  await findConversation(db, ownerId, generation.conversationId);
  await generations.stop(ownerId, generation.id);
  return redirect(hrefs.place(base, generation.conversationId, generation.messageId), 303);
});
