import type { Problem } from "~/errors";
import { Alternatives, type AlternativesView } from "./alternatives";
import { AnswerAction } from "./answer-action";
import { type MeasuredAnswer, statsLine } from "./answer-stats";
import { type AnswerEnd, endSentence } from "./live-status";
import { LostContext, type LostContextView } from "./lost-context";
import { MessageForm, type MessageFormView } from "./message-form";
import { Metrics } from "./metrics";
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
  const { actions, problem, choosing } = answer;
  const endWord = END_WORDS[answer.end];
  const goOn = actions?.continue ? (
    <>
      <AnswerAction action={actions.continue} look="button" meaning="Let the model go on from here">
        Continue
      </AnswerAction>
      {actions.startsAnew ? <p>This model starts a new answer instead of continuing.</p> : null}
    </>
  ) : null;
  const again = actions ? (
    <AnswerAction
      action={actions.regenerate}
      look={problem ? "button" : "quiet"}
      meaning="Let the model answer again"
      leaf={actions.leaf}
      models={problem && actions.models}
    >
      {problem ? "Try again" : "Again"}
    </AnswerAction>
  ) : null;

  return (
    <footer className="foot" id={`foot-${answer.id}`} data-end={endSentence(answer)}>
      <LostContext model={answer.model} lost={answer.lost} />
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
      {choosing ? <MessageForm id={answer.id} form={choosing} /> : null}
      <div className="foot-row">
        {answer.alternatives ? <Alternatives view={answer.alternatives} /> : null}
        <p className="stats">{statsLine(answer)}</p>
        <div className="actions">
          {problem ? null : again}
          {problem || endWord ? null : goOn}
          {actions?.anotherModel ? (
            <a className="quiet" href={actions.anotherModel} title="Let another model answer">
              Another model
            </a>
          ) : null}
          {actions?.delete ? (
            <a className="quiet" href={actions.delete} title="Delete this and all that follows">
              Delete
            </a>
          ) : null}
        </div>
      </div>
      <Metrics answer={answer} />
    </footer>
  );
}
