import { renderToStaticMarkup } from "react-dom/server.browser";
import { COMPOSER_ID } from "~/components/composer";
import { ContextMeter, type ContextView } from "~/components/composer-notes";
import { StreamedAnswer } from "~/components/live-answer";
import { Messages } from "~/components/message-list";
import { NoOtherAnswers, OtherAnswers } from "~/components/other-answers";
import { NoneWaiting, WaitingPrompts } from "~/components/waiting-prompts";
import type { LiveAnswer } from "~/generation/live-answer";
import type { NextTurns } from "~/live/document";
import { composerNotes } from "./composer";
import type { RequestContext } from "./context";
import { hostView } from "./host";
import { liveAnswerView } from "./live-answer-view";
import { footOf, messageViews } from "./messages";
import { otherAnswers } from "./other-answers";
import { waitingView } from "./waiting-prompts";

/** More than can wait, each with its answer. */
const MOST_FOLLOWED = 100;

/**
 * What has followed an answer that a document has streamed: usually the first of the prompts that waited, with
 * its live answer, and the prompts that wait now. Where others have followed that too, they come along.
 */
export async function followedBy(
  context: RequestContext,
  conversationId: string,
  messageId: string,
): Promise<NextTurns> {
  const { db } = context;
  const live = await liveBelow(context, conversationId, messageId);
  const conversation = await db.conversations.find(conversationId);
  if (!conversation) return { html: "" };
  const leafId = live?.ids.messageId ?? conversation.leafId ?? "";
  const [self, ...followed] = (await db.branches.isOnBranch(messageId, leafId))
    ? await db.branches.upTo(leafId, { messages: MOST_FOLLOWED }, messageId)
    : [];
  if ((await liveBelow(context, conversationId, messageId)) !== live) {
    return followedBy(context, conversationId, messageId);
  }
  const liveHere = live && self?.id === messageId && followed.length > 0 ? live : undefined;
  const settled = await messageViews(context, liveHere ? followed.slice(0, -1) : followed, {
    leafId,
    unscripted: false,
  });
  const last = followed.at(-1) ?? self;
  const meter =
    liveHere || !last
      ? undefined
      : (await composerNotes(context, conversation, last.model ?? undefined, last.id)).context;
  const shownId = last?.id ?? messageId;
  const waiting = await waitingView(context, conversationId, shownId, liveHere);
  const others = await otherAnswers(context, conversationId, shownId, false);
  const html = renderToStaticMarkup(
    <>
      <Messages messages={settled} />
      {others ? (
        <OtherAnswers view={others} form={COMPOSER_ID} />
      ) : (
        <NoOtherAnswers ended={!liveHere} />
      )}
      {waiting ? <WaitingPrompts view={waiting} /> : <NoneWaiting />}
      {meter ? <ContextAtEnd view={meter} /> : null}
      {liveHere ? (
        <StreamedAnswer answer={liveAnswerView(liveHere, await hostView(context))} follows />
      ) : null}
    </>,
  );
  if (!liveHere) return { html };
  const { ids } = liveHere;
  return {
    html,
    streamed: {
      answer: liveHere,
      foot: () => footOf(context, ids.messageId),
      after: () => followedBy(context, conversationId, ids.messageId),
    },
  };
}

/** How full the context is: the composer was sent before the answer and could not say. */
function ContextAtEnd({ view }: { view: ContextView }) {
  return (
    <div className="composer-notes">
      <ContextMeter view={view} />
    </div>
  );
}

/** The live answer that has followed a message, if there is one. */
async function liveBelow(
  { db, generations, ownerId }: RequestContext,
  conversationId: string,
  messageId: string,
): Promise<LiveAnswer | undefined> {
  const id = await db.generations.liveBelow(conversationId, messageId);
  return generations.liveIn(ownerId, conversationId).find(({ ids }) => ids.messageId === id);
}
