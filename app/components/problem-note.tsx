import type { HTMLAttributes, ReactNode } from "react";
import type { Problem } from "~/errors";

interface ProblemNoteProps {
  problem: Problem;
  id?: string;
  children?: ReactNode;
}

/** A problem: a sentence, the next step, folded details. */
export function ProblemNote({ problem, id, children }: ProblemNoteProps) {
  return (
    <ProblemFrame id={id} data-code={problem.code}>
      <p className="problem-sentence">
        <span className="sr-only">Problem: </span>
        {problem.sentence}
      </p>
      {problem.next ? <p>{problem.next}</p> : null}
      {problem.detail || problem.id ? (
        <details className="mt-1 text-sm text-quiet">
          <summary>Details</summary>
          {problem.detail ? (
            <pre className="wrap-anywhere whitespace-pre-wrap">{problem.detail}</pre>
          ) : null}
          <p>
            <code>{problem.code}</code>
            {problem.id ? (
              <>
                , in the log as <code>{problem.id}</code>
              </>
            ) : null}
          </p>
        </details>
      ) : null}
      {children ? <div className="problem-steps mt-3 flex flex-wrap gap-2">{children}</div> : null}
    </ProblemFrame>
  );
}

/** The frame of a problem note with other content. */
export function ProblemFrame(props: HTMLAttributes<HTMLDivElement> & { "data-code"?: string }) {
  return (
    <div
      className="problem mb-3 rounded-surface border border-alarm-line bg-raised px-4 py-3 text-md text-ink"
      {...props}
    />
  );
}
