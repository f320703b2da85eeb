import type { ReactNode } from "react";
import { AutoRefresh } from "./auto-refresh";
import { ComposerButton } from "./composer";

/** Live answers on other branches of the conversation. */
export interface OtherAnswersView {
  count: number;
  /** None of them has begun. */
  queued: boolean;
  /** The oldest ones, each with the beginning of its prompt; `show` is a page, `stop` the action of a form. */
  answers: { id: string; model: string; prompt: string; show: string; stop: string }[];
  /** Stops everything in the conversation. */
  stopAll: string;
  /** The address from which a page with script refreshes this. */
  again?: string;
}

const OTHERS_ID = "others";

interface OtherAnswersProps {
  view: OtherAnswersView;
  /** The composer's id: without script, buttons send its text along. */
  form?: string;
}

export function OtherAnswers({ view, form }: OtherAnswersProps) {
  const { count, answers, stopAll, again } = view;
  const [only] = answers;
  return (
    <section className="others" aria-label="Other answers" {...(again ? { id: OTHERS_ID } : {})}>
      {again ? <AutoRefresh href={again} target={`#${OTHERS_ID}`} /> : null}
      <div className="other">
        <p>{sentenceOf(view)}</p>
        {count === 1 && only ? (
          <ShowAndStop answer={only} form={form} />
        ) : (
          <StopButton action={stopAll} form={form} meaning="every answer in this conversation">
            Stop all
          </StopButton>
        )}
      </div>
      {count > 1 ? (
        <ul>
          {answers.map((answer) => (
            <li className="other" key={answer.id}>
              <span className="other-which">
                {answer.model} <bdi>{answer.prompt}</bdi>
              </span>
              <ShowAndStop answer={answer} form={form} />
            </li>
          ))}
        </ul>
      ) : null}
    </section>
  );
}

/** Hides the notice above it in a streamed document; `ended` if no answer is live any more. */
export function NoOtherAnswers({ ended = false }: { ended?: boolean }) {
  return <div className={ended ? "others none" : "others"} />;
}

function sentenceOf({ count, queued }: OtherAnswersView): string {
  const subject = count === 1 ? "1 other answer is" : `${count} other answers are`;
  return `${subject} ${queued ? "waiting in the queue" : "being written"}.`;
}

interface ShowAndStopProps {
  answer: OtherAnswersView["answers"][number];
  form: string | undefined;
}

function ShowAndStop({ answer: { model, show, stop }, form }: ShowAndStopProps) {
  return (
    <span className="actions">
      <a className="quiet" href={show}>
        Show<span className="sr-only"> the other answer, by {model}</span>
      </a>
      <StopButton action={stop} form={form} meaning={`the other answer, by ${model}`}>
        Stop
      </StopButton>
    </span>
  );
}

interface StopButtonProps {
  action: string;
  form: string | undefined;
  /** Added to its word for screen readers. */
  meaning: string;
  children: ReactNode;
}

function StopButton({ action, form, meaning, children }: StopButtonProps) {
  const words = (
    <>
      {children}
      <span className="sr-only"> {meaning}</span>
    </>
  );
  if (form) {
    return (
      <ComposerButton action={action} look="quiet" form={form}>
        {words}
      </ComposerButton>
    );
  }
  return (
    <form method="post" action={action}>
      <button className="quiet" type="submit">
        {words}
      </button>
    </form>
  );
}
