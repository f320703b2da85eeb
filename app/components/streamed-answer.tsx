import { createElement } from "react";
import type { AnswerView } from "./answer";
import { Heard } from "./heard";
import { BEGUN_SENTENCE } from "./live-status";
import { MessageHeading } from "./message-heading";
import { modelLabel } from "./model-label";

/** Stands in the rendered page where a document streams its answer. */
export const LIVE_SLOT = "<live-answer></live-answer>";

/** Stands behind such an answer: what follows it when it has ended, still among the messages. */
export const NEXT_SLOT = "<next-turn></next-turn>";

interface StreamedAnswerProps {
  answer: AnswerView;
  /** Answers a prompt that waited; somebody may be writing already. */
  follows?: boolean;
}

/** An answer that the document itself streams: its body arrives in pieces, in place of the slot. */
export function StreamedAnswer({ answer, follows = false }: StreamedAnswerProps) {
  // It takes the focus: the page scrolls inside main then, and keys scroll where the focus is.
  const focus = follows ? {} : { tabIndex: -1, autoFocus: true };
  return (
    <>
      <article className="message assistant" id={`m-${answer.id}`} {...focus}>
        <MessageHeading>{modelLabel({ name: answer.model, demo: answer.demo })}</MessageHeading>
        <Heard>{BEGUN_SENTENCE}</Heard>
        <div
          className="body"
          id={`body-${answer.id}`}
          // biome-ignore lint/security/noDangerouslySetInnerHtml: a constant, replaced before it is sent.
          dangerouslySetInnerHTML={{ __html: LIVE_SLOT }}
        />
      </article>
      {createElement("next-turn")}
    </>
  );
}
