import type { ReactNode } from "react";
import { Answer } from "./answer";
import { PersonTurn } from "./person-turn";
import type { MessageView } from "./views";

interface MessageListProps {
  messages: MessageView[];
  /** The page with the messages before these. */
  older?: string | undefined;
  /** The live answer, which comes last. */
  children?: ReactNode;
}

/** The messages of a branch, oldest first. */
export function MessageList({ messages, older, children }: MessageListProps) {
  return (
    <div className="messages" id="messages">
      {older ? (
        <a className="older" href={older}>
          Earlier messages
        </a>
      ) : null}
      {messages.map((message) =>
        message.role === "assistant" ? (
          <Answer key={message.id} answer={message} />
        ) : (
          <PersonTurn key={message.id} turn={message} />
        ),
      )}
      {children}
    </div>
  );
}
