import type { LiveStatus } from "~/generation/live-answer";
import { AnswerText, type AnswerView } from "./answer";
import { finalPieces } from "./answer-pieces";
import { MessageHeading } from "./message-heading";
import { modelLabel } from "./model-label";
import { StatusLine } from "./status-line";
import { Thinking } from "./thinking";

/** The live answer as a page begins it. */
export interface LiveView {
  answer: AnswerView;
  status: LiveStatus;
  /** With script: what is open now, and where the rest comes from. Without it the document streams it. */
  events?: LiveEvents;
}

/** How a page with script follows a live answer. */
export interface LiveEvents {
  /** HTML of the block that is still open. */
  tail: string;
  connect: string;
  /** The page's own address, which it asks for when the stream is over. */
  self: string;
  /** Of this rendering and no other: its stream begins where this page stands, and an older one must end. */
  id: string;
}

interface LiveAnswerProps {
  answer: AnswerView;
  status: LiveStatus;
  /** HTML of the block that is still open, made by markdown/. */
  tail: string;
  /** Where the rest comes from. */
  events?: Pick<LiveEvents, "id" | "connect">;
}

/** An answer of the enhanced page while it is written; events go to the parts by their ids. */
export function LiveAnswer({ answer, status, tail, events }: LiveAnswerProps) {
  const { id } = answer;
  const blocks = finalPieces(answer.blocks);

  return (
    <article className="message assistant live" id={`m-${id}`}>
      {events ? <Connection {...events} /> : null}
      <MessageHeading>{modelLabel({ name: answer.model, demo: answer.demo })}</MessageHeading>
      <div className="body" id={`body-${id}`}>
        <StatusLine id={`status-${id}`} status={status} />
        <Thinking id={id} text={answer.thinking} live />
        <AnswerText
          id={id}
          html={`${blocks}<div class="tail" dir="auto" id="tail-${id}">${tail}</div>`}
        />
        <p className="saving" id={`saving-${id}`} role="status" />
        <footer className="foot" id={`foot-${id}`} />
      </div>
    </article>
  );
}

/**
 * Connects the article to its event stream. Its id is new on each page: a page that comes while the answer is
 * being written then begins a stream of its own, where it stands, and the one before ends with its element.
 */
function Connection({ id, connect }: Pick<LiveEvents, "id" | "connect">) {
  return (
    <span hidden id={`events-${id}`} {...{ "hx-sse:connect": connect, "hx-sse:close": "done" }} />
  );
}
