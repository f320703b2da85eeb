import { AnswerFoot, type AnswerFootView } from "./answer-foot";
import { finalPieces } from "./answer-pieces";
import { MessageHeading } from "./message-heading";
import { modelLabel } from "./model-label";
import { Thinking } from "./thinking";

/** An answer as its article shows it. */
export interface AnswerView extends AnswerFootView {
  role: "assistant";
  /** Final HTML of each closed block, in order; trusted, made by markdown/ only. */
  blocks: string[];
  thinking: string;
  /** Asked for a moment ago: the page opens here, without script to scroll it. */
  opensHere?: boolean;
}

/** The focus scrolls the page to it, unless its address names a place. */
const OPENS_HERE = { tabIndex: -1, autoFocus: true };

/** A settled answer: thinking folded, text on the page, foot. */
export function Answer({ answer }: { answer: AnswerView }) {
  return (
    <article
      className="message assistant"
      id={`m-${answer.id}`}
      {...(answer.opensHere ? OPENS_HERE : {})}
    >
      <MessageHeading>{modelLabel({ name: answer.model, demo: answer.demo })}</MessageHeading>
      <div className="body" id={`body-${answer.id}`}>
        {answer.thinking ? <Thinking id={answer.id} text={answer.thinking} /> : null}
        <AnswerText id={answer.id} html={finalPieces(answer.blocks)} />
        <AnswerFoot answer={answer} />
      </div>
    </article>
  );
}

/** The text of an answer from HTML that markdown/ made. */
export function AnswerText({ id, html }: { id: string; html: string }) {
  return (
    <div
      className="answer"
      id={`answer-${id}`}
      // biome-ignore lint/security/noDangerouslySetInnerHtml: markdown/ escapes all raw HTML and checks every link.
      dangerouslySetInnerHTML={{ __html: html }}
    />
  );
}
