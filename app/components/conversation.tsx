import { COMPOSER_ID, Composer, type ComposerView } from "./composer";
import { HostNotice, type HostView } from "./host-notice";
import { LiveAnswer, type LiveView, StreamedAnswer } from "./live-answer";
import { MessageList, type MessageView } from "./message-list";
import { OtherAnswers, type OtherAnswersView } from "./other-answers";
import { WaitingPrompts, type WaitingView } from "./waiting-prompts";

interface ConversationProps {
  messages: MessageView[];
  earlier?: string;
  later?: { next: string; end: string } | undefined;
  live?: LiveView;
  composer?: ComposerView;
  waiting?: WaitingView;
  others?: OtherAnswersView;
  host: HostView;
  check: string;
}

/** A branch, its waiting prompts and the composer. In a streamed document all of it precedes the live answer. */
export function Conversation(props: ConversationProps) {
  const { messages, earlier, later, live, waiting, composer, others, host, check } = props;
  const streams = live && !live.events;
  // Without script, unsent text would be lost.
  const sentAlong = composer && !others?.again ? COMPOSER_ID : undefined;
  const prompts = waiting ? <WaitingPrompts view={waiting} /> : null;
  const foot = composer ? (
    <div className={PLACE_LOOK}>
      {host.models.length === 0 || composer.away ? (
        <HostNotice host={host} check={check} missed={composer.away && composer.model} />
      ) : null}
      <Composer view={composer} models={host.models} />
    </div>
  ) : null;
  return (
    <>
      {streams ? foot : null}
      <MessageList
        head={others ? <OtherAnswers view={others} form={sentAlong} /> : null}
        messages={messages}
        earlier={earlier}
        later={later}
      >
        {streams ? prompts : null}
        {live ? <Live live={live} /> : null}
        {streams ? null : prompts}
      </MessageList>
      {streams ? <Ended /> : foot}
    </>
  );
}

const PLACE_LOOK =
  "composer-place sticky bottom-0 z-[1] bg-paper pb-[max(0.75rem,env(safe-area-inset-bottom))] low:static";

/** Ends a streamed document: CSS then hides what applied during the answer. The link is for text browsers. */
function Ended() {
  return (
    <p className="ended">
      <a href={`#${COMPOSER_ID}`}>Write the next prompt</a>
    </p>
  );
}

function Live({ live: { answer, status, events } }: { live: LiveView }) {
  if (!events) return <StreamedAnswer answer={answer} />;
  const refresh = {
    "hx-get": events.self,
    "hx-trigger": `done from:#m-${answer.id}`,
    "hx-target": "body",
    "hx-swap": "outerMorph",
  };
  return (
    <>
      <LiveAnswer answer={answer} status={status} tail={events.tail} events={events} />
      <span hidden id={`refresh-${answer.id}`} {...refresh} />
    </>
  );
}
