import type { ReactNode } from "react";
import { type ModelChoice, ModelPicker } from "./model-picker";

interface AnswerActionProps {
  action: string;
  /** `quiet` in the row under an answer, `button` where it is the next step. */
  look?: "quiet" | "button";
  /** Said after the word for those who do not see what it stands under. */
  meaning: string;
  /** Given where the person should choose which model does it. */
  models?: ModelChoice[];
  /** The end of the branch that is shown, where the action leaves it. */
  leaf?: string;
  children: ReactNode;
}

/** One small form, one button: what the person may do with an answer. */
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
