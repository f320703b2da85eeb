import { renderToStaticMarkup } from "react-dom/server.browser";
import type { AnswerView } from "~/components/answer";
import { COMPOSER_ID } from "~/components/composer";
import { ContextMeter, type ContextView, NOTES_LOOK } from "~/components/composer-notes";
import type { HostView } from "~/components/host-notice";
import { StreamedAnswer } from "~/components/live-answer";
import { Messages } from "~/components/message-list";
import { NoOtherAnswers, OtherAnswers } from "~/components/other-answers";
import { NoneWaiting, WaitingPrompts } from "~/components/waiting-prompts";
import type { LiveAnswer } from "~/generation/live-answer";
import type { NextTurns, Streamed } from "~/live/document";
import { composerNotes, hostView } from "./composer";
import type { RequestContext } from "./context";
import { footOf, messageViews } from "./messages";
import { otherAnswers, waitingView } from "./other-turns";

/** More than all waiting prompts and their answers together. */
const MOST_FOLLOWED = 100;

/** The view of a live answer without its text. */
export function liveAnswerView({ ids }: LiveAnswer, host: HostView): AnswerView {
  const { messageId, model } = ids;
  return {
    role: "assistant",
    id: messageId,
    model,
    demo: host.models.some((offered) => offered.demo && offered.name === model),
    blocks: [],
    thinking: "",
    end: "live",
  };
}

/** A live answer for a document to stream. */
export function streamed(context: RequestContext, answer: LiveAnswer): Streamed {
  const { conversationId, messageId } = answer.ids;
  return {
    answer,
    foot: () => footOf(context, messageId),
    after: () => nextTurns(context, conversationId, messageId),
  };
}

async function nextTurns(
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
    return nextTurns(context, conversationId, messageId);
  }
  const liveHere = live && self?.id === messageId && followed.length > 0 ? live : undefined;
  const settled = await messageViews(context, liveHere ? followed.slice(0, -1) : followed, {
    leafId,
    unscripted: false,
  });
  const last = followed.at(-1) ?? self;
  const notes =
    last && !liveHere
      ? await composerNotes(context, conversation, last.model ?? undefined, last.id)
      : undefined;
  const end = await endOfPage(context, conversationId, last?.id ?? messageId, liveHere);
  const html = renderToStaticMarkup(
    <>
      <Messages messages={settled} />
      {end}
      {notes?.context ? <ContextAtEnd view={notes.context} /> : null}
      {liveHere ? (
        <StreamedAnswer answer={liveAnswerView(liveHere, await hostView(context))} follows />
      ) : null}
    </>,
  );
  return { html, streamed: liveHere && streamed(context, liveHere) };
}

/** Replaces the other answers and waiting prompts that the document began with. */
async function endOfPage(
  context: RequestContext,
  conversationId: string,
  leafId: string,
  live: LiveAnswer | undefined,
) {
  const waiting = await waitingView(context, conversationId, leafId, live);
  const others = await otherAnswers(context, conversationId, leafId, false);
  return (
    <>
      {others ? (
        <OtherAnswers view={others} form={COMPOSER_ID} />
      ) : (
        <NoOtherAnswers ended={!live} />
      )}
      {waiting ? <WaitingPrompts view={waiting} /> : <NoneWaiting />}
    </>
  );
}

/** The composer was sent before the answer, so its meter is out of date. */
function ContextAtEnd({ view }: { view: ContextView }) {
  return (
    <div className={NOTES_LOOK}>
      <ContextMeter view={view} />
    </div>
  );
}

async function liveBelow(
  { db, generations, ownerId }: RequestContext,
  conversationId: string,
  messageId: string,
): Promise<LiveAnswer | undefined> {
  const id = await db.generations.liveBelow(conversationId, messageId);
  return generations.liveIn(ownerId, conversationId).find(({ ids }) => ids.messageId === id);
}
