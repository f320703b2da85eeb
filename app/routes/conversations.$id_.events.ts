import { findConversation } from "~/conversations/find";
import { handled } from "~/http/handled";
import { eventStream, isAt, parsePosition } from "~/live/events";

export const loader = handled(async ({ request, params, context }) => {
  const { db, generations, ownerId } = context;
  const { id, leafId } = await findConversation(db, params.id ?? "");
  const lastSeen =
    request.headers.get("last-event-id") ?? new URL(request.url).searchParams.get("after");
  const from = parsePosition(lastSeen);
  const live = generations.liveIn(ownerId, id);
  // A page goes on with the answer that it shows; whoever shows none yet gets the branch that is looked at.
  const answer = live.find(({ ids }) => (from ? isAt(ids, from) : ids.messageId === leafId));
  context.keepOpen();
  return eventStream(answer, from, request.signal);
});
