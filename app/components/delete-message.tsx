import type { Problem } from "~/errors";
import { Confirmation } from "./form";
import { ProblemNote } from "./problem-note";

export interface DeleteMessageView {
  isPrompt: boolean;
  text: string;
  /** Including the message itself. */
  count: number;
  action: string;
  cancel: string;
  problem?: Problem;
}

/** Asks before a message and all that follow it are deleted. */
export function DeleteMessage({
  isPrompt,
  text,
  count,
  action,
  cancel,
  problem,
}: DeleteMessageView) {
  return (
    <Confirmation
      action={action}
      cancel={cancel}
      problem={problem ? <ProblemNote problem={problem} /> : null}
      question={`${question(isPrompt, count - 1)} This cannot be undone.`}
      text={text}
      label={count === 1 ? "Delete it" : `Delete ${count.toLocaleString("en")} messages`}
    >
      <input type="hidden" name="count" value={count} />
    </Confirmation>
  );
}

function question(isPrompt: boolean, following: number): string {
  const what = isPrompt ? "this prompt" : "this answer";
  if (following === 0) return `Delete ${what}? Nothing follows it.`;
  const messages =
    following === 1 ? "the message" : `the ${following.toLocaleString("en")} messages`;
  return `Delete ${what} and ${messages} that follow${following === 1 ? "s" : ""} it, on every branch?`;
}
