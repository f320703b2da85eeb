import type { Problem } from "~/errors";
import { ProblemNote } from "./problem-note";

/** What the question names, and why a former answer to it was refused. */
export interface DeleteMessageView {
  isPrompt: boolean;
  /** What the message says, or its beginning. */
  text: string;
  /** The message and all that follow it. */
  count: number;
  action: string;
  cancel: string;
  problem?: Problem;
}

/** The question before a message goes, with the number of messages that go with it. */
export function DeleteMessage({
  isPrompt,
  text,
  count,
  action,
  cancel,
  problem,
}: DeleteMessageView) {
  return (
    <form className="confirmation" method="post" action={action}>
      {problem ? <ProblemNote problem={problem} /> : null}
      <p>{question(isPrompt, count - 1)} This cannot be undone.</p>
      <blockquote dir="auto">{text}</blockquote>
      <input type="hidden" name="count" value={count} />
      <div className="confirmation-row">
        <button className="button alarming" type="submit">
          {count === 1 ? "Delete it" : `Delete ${count.toLocaleString("en")} messages`}
        </button>
        <a className="button" href={cancel}>
          Keep
        </a>
      </div>
    </form>
  );
}

function question(isPrompt: boolean, following: number): string {
  const what = isPrompt ? "this prompt" : "this answer";
  if (following === 0) return `Delete ${what}? Nothing follows it.`;
  const messages =
    following === 1 ? "the message" : `the ${following.toLocaleString("en")} messages`;
  return `Delete ${what} and ${messages} that follow${following === 1 ? "s" : ""} it, on every branch?`;
}
