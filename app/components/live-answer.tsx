import { createElement } from "react";
import type { LiveStatus } from "~/generation/live-answer";
import { AnswerText, type AnswerView, Thinking } from "./answer";
import { closedBlocks } from "./answer-blocks";
import { BEGUN_SENTENCE, statusSentence } from "./live-status";
import { Message } from "./message";
import { modelLabel } from "./model-picker";

export interface LiveView {
  answer: AnswerView;
  status: LiveStatus;
  /** Present with script; without script the document streams the answer. */
  events?: LiveEvents;
}

export interface LiveEvents {
  /** HTML of the open block, made by markdown/. */
  tail: string;
  connect: string;
  /** The page's own address, reloaded when the stream ends. */
  self: string;
  /** Unique to this rendering: its stream continues from it, and an older stream must end. */
  id: string;
}

interface LiveAnswerProps {
  answer: AnswerView;
  status: LiveStatus;
  tail: string;
  events?: Pick<LiveEvents, "id" | "connect">;
}

/** A live answer on a page with script; events update its elements by id. */
export function LiveAnswer({ answer, status, tail, events }: LiveAnswerProps) {
  const { id, model, demo } = answer;
  const blocks = closedBlocks(answer.blocks);

  return (
    <Message id={id} kind="live" speaker={modelLabel({ name: model, demo })}>
      {events ? <Connection {...events} /> : null}
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
    </Message>
  );
}

/** Its unique id makes a morph replace it, so the old stream ends and a new one begins. */
function Connection({ id, connect }: Pick<LiveEvents, "id" | "connect">) {
  return (
    <span hidden id={`events-${id}`} {...{ "hx-sse:connect": connect, "hx-sse:close": "done" }} />
  );
}

/** The state of a generation before its first word; empty while it writes. */
export function StatusLine({ id, status }: { id?: string; status: LiveStatus }) {
  return (
    <p className="status" id={id}>
      {status.state === "writing" ? null : statusSentence(status)}
    </p>
  );
}

/** A streamed document replaces it with the answer. */
export const LIVE_SLOT = "<live-answer></live-answer>";

/** A streamed document replaces it with what follows the answer. */
export const NEXT_SLOT = "<next-turn></next-turn>";

interface StreamedAnswerProps {
  answer: AnswerView;
  /** It answers a waiting prompt: the user may be typing. */
  follows?: boolean;
}

/** An answer streamed by the document in place of the slots. */
export function StreamedAnswer({ answer, follows = false }: StreamedAnswerProps) {
  const { id, model, demo } = answer;
  return (
    <>
      {/* Takes the focus: here main scrolls, and keys scroll the focused element. */}
      <Message
        id={id}
        kind="assistant"
        speaker={modelLabel({ name: model, demo })}
        takesFocus={!follows}
      >
        <SpokenStatus>{BEGUN_SENTENCE}</SpokenStatus>
        <div
          className="body"
          id={`body-${id}`}
          // biome-ignore lint/security/noDangerouslySetInnerHtml: a constant, replaced before it is sent.
          dangerouslySetInnerHTML={{ __html: LIVE_SLOT }}
        />
      </Message>
      {createElement("next-turn")}
    </>
  );
}

/** For screen readers in a streamed document; with script, the script announces. */
export function SpokenStatus({ children }: { children: string }) {
  return (
    <p className="sr-only" role="status">
      {children}
    </p>
  );
}
