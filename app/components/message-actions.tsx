import type { ReactNode } from "react";
import { type ModelChoice, ModelPicker } from "./model-picker";

interface AnswerActionProps {
  action: string;
  /** `quiet` in the row under an answer, `button` for the next step. */
  look?: "quiet" | "button";
  meaning: string;
  /** Present if the person should choose which model does it. */
  models?: ModelChoice[];
  /** The end of the branch that is shown, if the action leaves it. */
  leaf?: string;
  children: ReactNode;
}

/** A form with one button. */
export function AnswerAction({
  action,
  look = "quiet",
  meaning,
  models,
  leaf,
  children,
}: AnswerActionProps) {
  return (
    <form className="answer-action" method="post" action={action}>
      {leaf ? <input type="hidden" name="leaf" value={leaf} /> : null}
      {models?.length ? <ModelPicker id={`model-for-${action}`} models={models} /> : null}
      <button className={look} type="submit" title={meaning}>
        {children}
      </button>
    </form>
  );
}

export function DeleteLink({ href }: { href: string }) {
  return (
    <a className="quiet" href={href} title="Delete this and all that follows">
      Delete
    </a>
  );
}

/** `2 / 3` with forms that show the neighbours. */
export interface AlternativesView {
  index: number;
  count: number;
  /** Actions of the forms. */
  previous?: string;
  next?: string;
  /** The id of the alternative that is shown, and the end of its branch if known. */
  from: string;
  leaf?: string;
}

export function Alternatives({ view }: { view: AlternativesView }) {
  return (
    <div className="alternatives">
      <Step view={view} action={view.previous} sign="‹" name="Previous alternative" />
      <span>
        <span className="sr-only">Alternative </span>
        {view.index} / {view.count}
      </span>
      <Step view={view} action={view.next} sign="›" name="Next alternative" />
    </div>
  );
}

interface StepProps {
  view: AlternativesView;
  action: string | undefined;
  sign: string;
  name: string;
}

function Step({ view, action, sign, name }: StepProps) {
  if (!action) {
    return (
      <span className="step" aria-hidden="true">
        {sign}
      </span>
    );
  }
  return (
    <form method="post" action={action}>
      <input type="hidden" name="from" value={view.from} />
      {view.leaf ? <input type="hidden" name="leaf" value={view.leaf} /> : null}
      <button className="step" type="submit" aria-label={name}>
        {sign}
      </button>
    </form>
  );
}
