import type { ReactNode } from "react";
import type { Problem } from "~/errors";
import { type MeasuredAnswer, metrics, statsLine } from "./answer-stats";
import { type AnswerEnd, endSentence } from "./live-status";
import {
  Actions,
  Alternatives,
  type AlternativesView,
  AnswerAction,
  DeleteLink,
} from "./message-actions";
import { MessageForm, type MessageFormView } from "./message-form";
import type { ModelChoice } from "./model-picker";
import { ProblemNote } from "./problem-note";

export interface AnswerFootView extends MeasuredAnswer {
  problem?: Problem;
  lost?: LostContextView;
  alternatives?: AlternativesView;
  actions?: AnswerActions;
  choosing?: MessageFormView;
}

export interface AnswerActions {
  regenerate: string;
  continue?: string;
  /** The model cannot continue an answer; it starts a new one. */
  startsAnew?: boolean;
  delete?: string;
  /** The page on which another model is chosen. */
  anotherModel?: string;
  leaf?: string;
  models?: ModelChoice[];
}

/** What did not fit into the context: unread, or dropped while the model wrote (`beginning`). */
export interface LostContextView {
  what: "turns" | "prompt" | "both" | "beginning";
  contextTokens?: number;
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

/** The end of an answer, its statistics and its actions. */
export function AnswerFoot({ answer }: { answer: AnswerFootView }) {
  const { id, actions, problem, choosing, lost } = answer;
  const endWord = END_WORDS[answer.end];
  const again = actions ? <Regenerate actions={actions} failed={problem !== undefined} /> : null;
  const continueAction = actions?.continue ? (
    <Continue action={actions.continue} startsAnew={actions.startsAnew} />
  ) : null;

  return (
    <footer
      className="foot text-xs text-quiet tabular-nums"
      id={`foot-${id}`}
      data-end={endSentence(answer)}
    >
      {lost ? <LostContext model={answer.model} lost={lost} /> : null}
      {problem ? (
        <ProblemNote problem={problem}>
          {again}
          {continueAction}
        </ProblemNote>
      ) : null}
      {endWord ? (
        <div className="end mb-2 flex flex-wrap items-center gap-x-3 gap-y-1 text-md">
          <p>{endWord}</p>
          {continueAction}
        </div>
      ) : null}
      {choosing ? <MessageForm id={id} form={choosing} /> : null}
      <FootRow answer={answer}>
        {problem ? null : again}
        {problem || endWord ? null : continueAction}
      </FootRow>
      <Metrics answer={answer} />
    </footer>
  );
}

function Continue({ action, startsAnew }: { action: string; startsAnew?: boolean }) {
  return (
    <>
      <AnswerAction action={action} prominent meaning="Let the model go on from here">
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
      prominent={failed}
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
    <div className="foot-row flex flex-wrap items-center gap-x-4">
      {alternatives ? (
        <Alternatives view={alternatives} className="-ms-2.5 touch:-ms-[1.125rem]" />
      ) : null}
      <p className="stats narrow:order-first narrow:basis-full">{statsLine(answer)}</p>
      <Actions className="-ms-2">
        {children}
        {actions?.anotherModel ? (
          <a className="quiet" href={actions.anotherModel} title="Let another model answer">
            Another model
          </a>
        ) : null}
        {actions?.delete ? <DeleteLink href={actions.delete} /> : null}
      </Actions>
    </div>
  );
}

/** Ollama does not report truncated input. */
function LostContext({ model, lost }: { model: string; lost: LostContextView }) {
  const held = lost.contextTokens?.toLocaleString("en");
  const what = held ? `the ${held} tokens that ${model} holds` : `what ${model} holds`;
  return (
    <p className="mb-3 rounded-control border border-edge bg-raised px-3 py-2 text-md text-ink">
      {LOST_SENTENCES[lost.what](what)}{" "}
      <a className="text-accent underline" href={lost.options}>
        Raise the context length
      </a>
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

// Set on the list: its many rows stay short.
const METRICS_LOOK =
  "grid grid-cols-[max-content_minmax(0,1fr)] gap-x-4 gap-y-0.5 pb-2 pt-1 [&>div]:contents [&_dd]:text-ink [&_dd]:wrap-anywhere";

function Metrics({ answer }: { answer: MeasuredAnswer }) {
  const rows = metrics(answer);
  if (rows.length === 0) return null;
  return (
    <details className="metrics" id={`metrics-${answer.id}`}>
      <summary className="min-h-7 w-fit leading-7 hover:text-ink">Details</summary>
      <dl className={METRICS_LOOK}>
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
