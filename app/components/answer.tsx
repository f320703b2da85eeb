import { closedBlocks } from "./answer-blocks";
import { AnswerFoot, type AnswerFootView } from "./answer-foot";
import { Message } from "./message";
import { modelLabel } from "./model-picker";

export interface AnswerView extends AnswerFootView {
  role: "assistant";
  /** Trusted HTML of the closed blocks, made by markdown/ only. */
  blocks: string[];
  thinking: string;
  /** Just requested: without script the page scrolls here. */
  opensHere?: boolean;
}

/** An answer that has ended. */
export function Answer({ answer }: { answer: AnswerView }) {
  const { id, model, demo, thinking } = answer;
  return (
    <Message
      id={id}
      kind="assistant"
      speaker={modelLabel({ name: model, demo })}
      takesFocus={answer.opensHere}
    >
      <div className="body" id={`body-${id}`}>
        {thinking ? <Thinking id={id} text={thinking} /> : null}
        <AnswerText id={id} html={closedBlocks(answer.blocks)} />
        <AnswerFoot answer={answer} />
      </div>
    </Message>
  );
}

/** `html` must come from markdown/. */
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

interface ThinkingProps {
  /** The answer's id: a morph then keeps the thinking open. */
  id: string;
  text: string;
  live?: boolean;
}

/** The model's thinking: open while it thinks, folded afterwards. */
export function Thinking({ id, text, live = false }: ThinkingProps) {
  return (
    <details className="thinking" id={`thinking-${id}`} open={live}>
      <summary>Thinking</summary>
      <div
        className="thoughts"
        dir="auto"
        id={`thoughts-${id}`}
        // It scrolls while live: the keyboard must reach it.
        tabIndex={live ? 0 : undefined}
      >
        {text}
      </div>
    </details>
  );
}
