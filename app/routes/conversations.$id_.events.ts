import { findConversation } from "~/conversations/find";
import { answerEvents, parsePosition } from "~/http/answer-events";
import { EVENT_STREAM_HEADERS } from "~/http/event-stream";
import { handled } from "~/http/handled";
import { textStream } from "~/http/text-stream";

export const loader = handled(async ({ request, params, context }) => {
  const { db, generations, ownerId } = context;
  const { id } = await findConversation(db, ownerId, params.id ?? "");
  const lastSeen =
    request.headers.get("last-event-id") ?? new URL(request.url).searchParams.get("after");
  const events = answerEvents(
    generations.liveIn(ownerId, id),
    parsePosition(lastSeen),
    request.signal,
  );
  context.keepOpen();
  return new Response(textStream(events), { headers: EVENT_STREAM_HEADERS });
});
