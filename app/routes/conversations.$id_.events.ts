import { findConversation } from "~/conversations/find";
import { handle } from "~/http/handle";
import { eventStream, isAt, parsePosition } from "~/live/events";

/** The live answer of a page from its position on; without a position, that of the current branch. */
export const loader = handle(async ({ context, request, id, query }) => {
  const { db, generations, ownerId, keepOpen } = context;
  const { leafId } = await findConversation(db, id);
  const from = parsePosition(request.headers.get("last-event-id") ?? query.get("after"));
  const answer = generations
    .liveIn(ownerId, id)
    .find(({ ids }) => (from ? isAt(ids, from) : ids.messageId === leafId));
  keepOpen();
  return eventStream(answer, from, request.signal);
});
