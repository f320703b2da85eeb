import { Composer } from "./composer";
import { ComposerPlace } from "./composer-place";
import { HostNotice } from "./host-notice";
import { LiveAnswer } from "./live-answer";
import { MessageList } from "./message-list";
import { StopBar } from "./stop-bar";
import { StreamedAnswer } from "./streamed-answer";
import type { ComposerView, HostView, LiveView, MessageView } from "./views";

interface ConversationProps {
  messages: MessageView[];
  live?: LiveView | undefined;
  composer: ComposerView;
  host: HostView;
  /** This page's own address, for "Check again". */
  check: string;
}

/** A conversation: the messages of a branch, and at its foot the composer or, while it is written, Stop. */
export function Conversation({ messages, live, composer, host, check }: ConversationProps) {
  return (
    <>
      {live ? <StopBar action={live.stop} /> : null}
      <MessageList messages={messages}>{live ? <Live live={live} /> : null}</MessageList>
      {live?.events ? null : (
        <ComposerPlace>
          {host.models.length === 0 ? <HostNotice host={host} check={check} /> : null}
          <Composer view={composer} models={host.models} />
        </ComposerPlace>
      )}
    </>
  );
}

function Live({ live }: { live: LiveView }) {
  const { answer, status, events } = live;
  if (!events) return <StreamedAnswer answer={answer} />;
  const connect = { "hx-sse:connect": events.connect, "hx-sse:close": "done" };
  // When the stream is over the page asks for itself: what it shows then is what a reload would show.
  const refresh = {
    "hx-get": events.self,
    "hx-trigger": `done from:#m-${answer.id}`,
    "hx-target": "body",
    "hx-swap": "outerMorph",
  };
  return (
    <>
      <LiveAnswer answer={answer} status={status} tail={events.tail} connect={connect} />
      <span hidden {...refresh} />
    </>
  );
}
