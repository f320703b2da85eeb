import type { ReactNode } from "react";
import type { Problem } from "~/errors";
import { type MeasuredAnswer, metrics, statsLine } from "./answer-stats";
import { type AnswerEnd, endSentence } from "./live-status";
import { Alternatives, type AlternativesView, AnswerAction, DeleteLink } from "./message-actions";
import { MessageForm, type MessageFormView } from "./message-form";
import type { ModelChoice } from "./model-picker";
import { ProblemNote } from "./problem-note";

/** How an answer ended and what may be done with it. */
export interface AnswerFootView extends MeasuredAnswer {
  problem?: Problem;
  lost?: LostContextView;
  alternatives?: AlternativesView;
  /** Present if the person may act on this answer. */
  actions?: AnswerActions;
  /** Present while the model that answers again is being chosen. */
  choosing?: MessageFormView;
}

export interface AnswerActions {
  regenerate: string;
  continue?: string;
  /** The model begins a new answer instead of continuing this one. */
  startsAnew?: boolean;
  delete?: string;
  /** The page where the model that answers again is chosen. */
  anotherModel?: string;
  /** The end of the branch that is shown, to be found again with this alternative. */
  leaf?: string;
  /** Offered with regenerate if another model is the next step. */
  models?: ModelChoice[];
}

/** What the model has not read, or did not keep to the end (`beginning`). */
export interface LostContextView {
  what: "turns" | "prompt" | "both" | "beginning";
  /** How many tokens the model held at once. */
  contextTokens?: number;
  /** The page where the context length is set. */
  options: string;
}

const END_WORDS: Record<AnswerEnd, string | undefined> = {
  finished: undefined,
  live: undefined,
  failed: undefined,
  stopped: "Stopped",
  interrupted: "Interrupted",
  length: "Cut at the length limit",
};

/** How an answer ended, what it cost, and what the person may do with it. Closes every answer. */
export function AnswerFoot({ answer }: { answer: AnswerFootView }) {
  const { id, actions, problem, choosing, lost } = answer;
  const endWord = END_WORDS[answer.end];
  const again = actions ? <Regenerate actions={actions} failed={problem !== undefined} /> : null;
  const goOn = actions?.continue ? (
    <Continue action={actions.continue} startsAnew={actions.startsAnew} />
  ) : null;

  return (
    <footer className="foot" id={`foot-${id}`} data-end={endSentence(answer)}>
      {lost ? <LostContext model={answer.model} lost={lost} /> : null}
      {problem ? (
        <ProblemNote problem={problem}>
          {again}
          {goOn}
        </ProblemNote>
      ) : null}
      {endWord ? (
        <div className="end">
          <p>{endWord}</p>
          {goOn}
        </div>
      ) : null}
      {choosing ? <MessageForm id={id} form={choosing} /> : null}
      <FootRow answer={answer}>
        {problem ? null : again}
        {problem || endWord ? null : goOn}
      </FootRow>
      <Metrics answer={answer} />
    </footer>
  );
}

function Continue({ action, startsAnew }: { action: string; startsAnew?: boolean }) {
  return (
    <>
      <AnswerAction action={action} look="button" meaning="Let the model go on from here">
        Continue
      </AnswerAction>
      {startsAnew ? <p>This model starts a new answer instead of continuing.</p> : null}
    </>
  );
}

function Regenerate({ actions, failed }: { actions: AnswerActions; failed: boolean }) {
  return (
    <AnswerAction
      action={actions.regenerate}
      look={failed ? "button" : "quiet"}
      meaning="Let the model answer again"
      leaf={actions.leaf}
      models={failed ? actions.models : undefined}
    >
      {failed ? "Try again" : "Again"}
    </AnswerAction>
  );
}

function FootRow({ answer, children }: { answer: AnswerFootView; children: ReactNode }) {
  const { actions, alternatives } = answer;
  return (
    <div className="foot-row">
      {alternatives ? <Alternatives view={alternatives} /> : null}
      <p className="stats">{statsLine(answer)}</p>
      <div className="actions">
        {children}
        {actions?.anotherModel ? (
          <a className="quiet" href={actions.anotherModel} title="Let another model answer">
            Another model
          </a>
        ) : null}
        {actions?.delete ? <DeleteLink href={actions.delete} /> : null}
      </div>
    </div>
  );
}

/** Ollama itself never says what the model did not read. */
function LostContext({ model, lost }: { model: string; lost: LostContextView }) {
  const held = lost.contextTokens?.toLocaleString("en");
  const what = held ? `the ${held} tokens that ${model} holds` : `what ${model} holds`;
  return (
    <p className="lost-context">
      {LOST_SENTENCES[lost.what](what)} <a href={lost.options}>Raise the context length</a>
    </p>
  );
}

const LOST_SENTENCES: Record<LostContextView["what"], (held: string) => string> = {
  turns: (held) => `Earlier messages were left out: the conversation is longer than ${held}.`,
  prompt: (held) => `The middle of your prompt was left out: it is longer than ${held}.`,
  both: (held) =>
    `Earlier messages and the middle of your prompt were left out: the prompt alone is longer than ${held}.`,
  beginning: (held) =>
    `The beginning fell out of the context while this was written: with it the answer is longer than ${held}.`,
};

/** All that the host reported of an answer, folded. */
function Metrics({ answer }: { answer: MeasuredAnswer }) {
  const rows = metrics(answer);
  if (rows.length === 0) return null;
  return (
    <details className="metrics" id={`metrics-${answer.id}`}>
      <summary>Details</summary>
      <dl>
        {rows.map(([name, figure]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{figure}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}
