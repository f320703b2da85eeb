import { Alternatives } from "./alternatives";
import { AnswerAction } from "./answer-action";
import { statsLine } from "./answer-stats";
import { endSentence } from "./live-status";
import { LostContext } from "./lost-context";
import { MessageForm } from "./message-form";
import { Metrics } from "./metrics";
import { ProblemNote } from "./problem-note";
import type { AnswerView } from "./views";

const END_WORDS: Record<AnswerView["end"], string | undefined> = {
  finished: undefined,
  live: undefined,
  failed: undefined,
  stopped: "Stopped",
  interrupted: "Interrupted",
  length: "Cut at the length limit",
};

/** How an answer ended, what it cost, and what the person may do with it. Closes every answer. */
export function AnswerFoot({ answer }: { answer: AnswerView }) {
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
      <LostContext answer={answer} />
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
