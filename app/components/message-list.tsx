import type { ReactNode } from "react";
import { Answer, type AnswerView } from "./answer";
import { PlainMessage, type PlainMessageView } from "./plain-message";

export type MessageView = PlainMessageView | AnswerView;

interface MessageListProps {
  /** What stands above them and stays in sight. */
  head?: ReactNode;
  messages: MessageView[];
  /** The page with the messages before these. */
  earlier?: string;
  /** The page with the messages after these, and the one at the end of the branch. */
  later?: { next: string; end: string } | undefined;
  /** The live answer, which comes last. */
  children?: ReactNode;
}

/** With script the messages before these come by themselves when one scrolls up: see app/browser/earlier-messages.ts. */
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
    <div className="messages" id="messages">
      {head}
      {earlier ? (
        <a className="older earlier" href={earlier} {...loadedAbove(earlier)}>
          Earlier messages
        </a>
      ) : null}
      <Messages messages={messages} />
      {children}
      {later ? (
        <nav className="later" aria-label="Later messages">
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

/** Messages one below the other, without a place around them. */
export function Messages({ messages }: { messages: MessageView[] }) {
  return messages.map((message) =>
    message.role === "assistant" ? (
      <Answer key={message.id} answer={message} />
    ) : (
      <PlainMessage key={message.id} message={message} />
    ),
  );
}
