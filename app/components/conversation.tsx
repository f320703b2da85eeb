import { COMPOSER_ID, Composer, type ComposerView } from "./composer";
import { ComposerPlace } from "./composer-place";
import { HostNotice, type HostView } from "./host-notice";
import { LiveAnswer, type LiveView } from "./live-answer";
import { MessageList, type MessageView } from "./message-list";
import { OtherAnswers, type OtherAnswersView } from "./other-answers";
import { StreamedAnswer } from "./streamed-answer";
import { WaitingPrompts, type WaitingView } from "./waiting-prompts";

interface ConversationProps {
  messages: MessageView[];
  /** The page with the messages before these. */
  earlier?: string;
  /** The page with the messages after these, and the one at the end of the branch. */
  later?: { next: string; end: string } | undefined;
  live?: LiveView;
  /** At the end of a branch. */
  composer?: ComposerView;
  waiting?: WaitingView;
  /** What is being written on other branches. */
  others?: OtherAnswersView;
  host: HostView;
  /** This page's own address, for "Check again". */
  check: string;
}

/**
 * A conversation: the messages of a branch, what waits for their end, and the composer at the foot. In a
 * document that streams, what stands below the answer comes before it: nothing is sent after the answer until
 * that has ended.
 */
export function Conversation(props: ConversationProps) {
  const { messages, earlier, later, live, waiting, composer, others, host, check } = props;
  const streams = live && !live.events;
  // Script keeps what is being typed; elsewhere it comes along.
  const tookAlong = composer && !others?.again ? COMPOSER_ID : undefined;
  const prompts = waiting ? <WaitingPrompts view={waiting} /> : null;
  const foot = composer ? (
    <ComposerPlace>
      {host.models.length === 0 || composer.away ? (
        <HostNotice host={host} check={check} missed={composer.away && composer.model} />
      ) : null}
      <Composer view={composer} models={host.models} />
    </ComposerPlace>
  ) : null;
  return (
    <>
      {streams ? foot : null}
      <MessageList
        head={others ? <OtherAnswers view={others} form={tookAlong} /> : null}
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

/** Comes last in a document that streams, and what was true only while it did goes by style. The link is for browsers without. */
function Ended() {
  return (
    <p className="ended">
      <a href={`#${COMPOSER_ID}`}>Write the next prompt</a>
    </p>
  );
}

function Live({ live: { answer, status, events } }: { live: LiveView }) {
  if (!events) return <StreamedAnswer answer={answer} />;
  // When the stream is over the page asks for itself: what it shows then is what a reload would show.
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
