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
  /** The page with the messages before these. */
  earlier?: string | undefined;
  /** The page with the messages after these, and the one at the end of the branch. */
  later?: { next: string; end: string } | undefined;
  live?: LiveView | undefined;
  /** At the end of a branch. */
  composer?: ComposerView | undefined;
  host: HostView;
  /** This page's own address, for "Check again". */
  check: string;
}

/** A conversation: the messages of a branch, and at its foot the composer or, while it is written, Stop. */
export function Conversation(props: ConversationProps) {
  const { messages, earlier, later, live, composer, host, check } = props;
  return (
    <>
      {live ? <StopBar action={live.stop} /> : null}
      <MessageList messages={messages} earlier={earlier} later={later}>
        {live ? <Live live={live} /> : null}
      </MessageList>
      {live?.events || !composer ? null : (
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
