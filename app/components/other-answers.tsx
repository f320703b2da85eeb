import type { ReactNode } from "react";
import { AutoRefresh } from "./auto-refresh";
import { ComposerButton } from "./composer";
import { Actions } from "./message-actions";

/** Live answers on other branches of the conversation. */
export interface OtherAnswersView {
  count: number;
  /** True if none has begun. */
  queued: boolean;
  answers: { id: string; model: string; prompt: string; show: string; stop: string }[];
  stopAll: string;
  again?: string;
}

const OTHERS_ID = "others";

// The ::before hides text that scrolls between it and the bar of the page.
const OTHERS_LOOK =
  "others sticky top-[4.25rem] z-[1] -order-1 mb-6 rounded-surface border border-line bg-raised py-1 pl-4 pr-2 text-md before:absolute before:inset-x-0 before:bottom-[calc(100%+1px)] before:h-3 before:bg-paper low:static print:hidden";
const ROW_LOOK = "flex min-h-9 flex-wrap items-center justify-between gap-x-3";

interface OtherAnswersProps {
  view: OtherAnswersView;
  /** The composer's id, if buttons submit its text (without script). */
  form?: string;
}

export function OtherAnswers({ view, form }: OtherAnswersProps) {
  const { count, answers, stopAll, again } = view;
  const [only] = answers;
  return (
    <section
      className={OTHERS_LOOK}
      aria-label="Other answers"
      {...(again ? { id: OTHERS_ID } : {})}
    >
      {again ? <AutoRefresh href={again} target={`#${OTHERS_ID}`} /> : null}
      <div className={ROW_LOOK}>
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
        <ul className="max-h-[calc(0.25*var(--screen))] overflow-y-auto">
          {answers.map((answer) => (
            <li className={`${ROW_LOOK} text-sm text-quiet`} key={answer.id}>
              <span className="min-w-0 flex-1 truncate">
                {answer.model} <bdi className="mx-2 text-ink">{answer.prompt}</bdi>
              </span>
              <ShowAndStop answer={answer} form={form} />
            </li>
          ))}
        </ul>
      ) : null}
    </section>
  );
}

/** Hides the notice above it in a streamed document; `ended` if no answer is live. */
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
    <Actions>
      <a className="quiet" href={show}>
        Show<span className="sr-only"> the other answer, by {model}</span>
      </a>
      <StopButton action={stop} form={form} meaning={`the other answer, by ${model}`}>
        Stop
      </StopButton>
    </Actions>
  );
}

interface StopButtonProps {
  action: string;
  form: string | undefined;
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
      <ComposerButton action={action} className="quiet" form={form}>
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
