import type { ReactNode } from "react";

interface AnswerActionProps {
  action: string;
  /** `quiet` in the row under an answer, `button` where it is the next step. */
  look?: "quiet" | "button";
  /** Said after the word for those who do not see what it stands under. */
  meaning: string;
  children: ReactNode;
}

/** One small form, one button: what the person may do with an answer. */
export function AnswerAction({ action, look = "quiet", meaning, children }: AnswerActionProps) {
  return (
    <form method="post" action={action}>
      <button className={look} type="submit" title={meaning}>
        {children}
      </button>
    </form>
  );
}
