import type { ReactNode } from "react";

interface FoldProps {
  summary: string;
  id?: string;
  open: boolean;
  className?: string;
  children: ReactNode;
}

/** A part of a form that is seldom needed. */
export function Fold({ summary, id, open, className, children }: FoldProps) {
  return (
    <details className={className} id={id} open={open}>
      <summary className="min-h-9 w-fit text-md leading-9 text-accent touch:min-h-11 touch:leading-11">
        {summary}
      </summary>
      {children}
    </details>
  );
}
