import type { ReactNode } from "react";
import { Answer, type AnswerView } from "./answer";
import { PlainMessage, type PlainMessageView } from "./plain-message";

export type MessageView = PlainMessageView | AnswerView;

interface MessageListProps {
  head?: ReactNode;
  messages: MessageView[];
  earlier?: string;
  /** The pages with the next and with the last messages. */
  later?: { next: string; end: string } | undefined;
  children?: ReactNode;
}

/** With script, scrolling up loads earlier messages: see app/browser/earlier-messages.ts. */
function loadedAbove(href: string) {
  return {
    "hx-get": href,
    "hx-trigger": "click, intersect",
    "hx-target": "this",
    "hx-swap": "beforebegin",
    "hx-select": ".messages > .message, .messages > .earlier",
  };
}

/** The messages of a branch, oldest first. */
export function MessageList({ head, messages, earlier, later, children }: MessageListProps) {
  return (
    <div className="messages flex flex-1 flex-col pb-8 pt-6" id="messages">
      {head}
      {earlier ? (
        <a className="older earlier" href={earlier} {...loadedAbove(earlier)}>
          Earlier messages
        </a>
      ) : null}
      <Messages messages={messages} />
      {children}
      {later ? (
        <nav className="mt-6 flex justify-center gap-6" aria-label="Later messages">
          <a className="older" href={later.next}>
            Later messages
          </a>
          <a className="older" href={later.end}>
            To the end
          </a>
        </nav>
      ) : null}
    </div>
  );
}

export function Messages({ messages }: { messages: MessageView[] }) {
  return messages.map((message) =>
    message.role === "assistant" ? (
      <Answer key={message.id} answer={message} />
    ) : (
      <PlainMessage key={message.id} message={message} />
    ),
  );
}
