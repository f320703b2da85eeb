import type { ReactNode } from "react";
import { AutoRefresh } from "./auto-refresh";
import { ComposerButton } from "./composer-button";

/** Answers of a conversation that are being written on other branches than the page's. */
export interface OtherAnswersView {
  count: number;
  /** None of them has begun. */
  queued: boolean;
  /** The oldest ones, each with the beginning of its prompt; `show` is a page, `stop` the action of a form. */
  answers: { id: string; model: string; prompt: string; show: string; stop: string }[];
  /** Stops everything in the conversation. */
  stopAll: string;
  /** Where a page with script can have this anew. */
  again?: string;
}

const OTHERS_ID = "others";

interface OtherAnswersProps {
  view: OtherAnswersView;
  /** The composer's id, so that buttons send its text along where no script keeps it. */
  form?: string;
}

/** At the top of a conversation: answers being written on other branches, with Show and Stop. */
export function OtherAnswers({ view, form }: OtherAnswersProps) {
  const { count, answers, stopAll, again } = view;
  const [only] = answers;
  return (
    <section className="others" aria-label="Other answers" {...(again ? { id: OTHERS_ID } : {})}>
      {again ? <AutoRefresh href={again} target={`#${OTHERS_ID}`} /> : null}
      <div className="other">
        <p>{sentenceOf(view)}</p>
        {count === 1 && only ? (
          <Steps answer={only} form={form} />
        ) : (
          <Act action={stopAll} form={form} means="every answer in this conversation">
            Stop all
          </Act>
        )}
      </div>
      {count > 1 ? (
        <ul>
          {answers.map((answer) => (
            <li className="other" key={answer.id}>
              <span className="other-which">
                {answer.model} <bdi>{answer.prompt}</bdi>
              </span>
              <Steps answer={answer} form={form} />
            </li>
          ))}
        </ul>
      ) : null}
    </section>
  );
}

/** Hides the notice above it in a document that streams; with `ended` nothing is being written any more. */
export function NoOtherAnswers({ ended = false }: { ended?: boolean }) {
  return <div className={ended ? "others none" : "others"} />;
}

function sentenceOf({ count, queued }: OtherAnswersView): string {
  const subject = count === 1 ? "1 other answer is" : `${count} other answers are`;
  return `${subject} ${queued ? "waiting in the queue" : "being written"}.`;
}

function Steps({
  answer: { model, show, stop },
  form,
}: {
  answer: OtherAnswersView["answers"][number];
  form: string | undefined;
}) {
  return (
    <span className="actions">
      <a className="quiet" href={show}>
        Show<span className="sr-only"> the other answer, by {model}</span>
      </a>
      <Act action={stop} form={form} means={`the other answer, by ${model}`}>
        Stop
      </Act>
    </span>
  );
}

function Act({
  action,
  form,
  means,
  children,
}: {
  action: string;
  form: string | undefined;
  means: string;
  children: ReactNode;
}) {
  const words = (
    <>
      {children}
      <span className="sr-only"> {means}</span>
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
