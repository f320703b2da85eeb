import { Heard } from "./heard";
import { BEGUN_SENTENCE } from "./live-status";
import { MessageHeading } from "./message-heading";
import { modelLabel } from "./model-label";
import type { AnswerView } from "./views";

/** Stands in the rendered page where a document streams its answer. */
export const LIVE_SLOT = "<live-answer></live-answer>";

/** An answer that the document itself streams: its body arrives in pieces, in place of the slot. */
export function StreamedAnswer({ answer }: { answer: AnswerView }) {
  return (
    // It takes the focus: the page scrolls inside main then, and keys scroll where the focus is.
    // biome-ignore lint/a11y/noAutofocus: it is what the person has just asked for.
    <article className="message assistant" id={`m-${answer.id}`} tabIndex={-1} autoFocus>
      <MessageHeading>{modelLabel({ name: answer.model, demo: answer.demo })}</MessageHeading>
      <Heard>{BEGUN_SENTENCE}</Heard>
      <div
        className="body"
        id={`body-${answer.id}`}
        // biome-ignore lint/security/noDangerouslySetInnerHtml: a constant, replaced before it is sent.
        dangerouslySetInnerHTML={{ __html: LIVE_SLOT }}
      />
    </article>
  );
}
