import type { ReactNode } from "react";
import type { Problem } from "~/errors";

interface ProblemNoteProps {
  problem: Problem;
  id?: string;
  /** The next step as buttons or links. */
  children?: ReactNode;
}

/** What went wrong, where the person is looking: a sentence, the next step, the rest folded. */
export function ProblemNote({ problem, id, children }: ProblemNoteProps) {
  return (
    <div className="problem" id={id} data-code={problem.code}>
      <p className="problem-sentence">
        <span className="sr-only">Problem: </span>
        {problem.sentence}
      </p>
      {problem.next ? <p>{problem.next}</p> : null}
      {problem.detail || problem.id ? (
        <details>
          <summary>Details</summary>
          {problem.detail ? <pre>{problem.detail}</pre> : null}
          <p className="problem-id">
            <code>{problem.code}</code>
            {problem.id ? (
              <>
                , in the log as <code>{problem.id}</code>
              </>
            ) : null}
          </p>
        </details>
      ) : null}
      {children ? <div className="problem-steps">{children}</div> : null}
    </div>
  );
}
