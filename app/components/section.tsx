import type { ReactNode } from "react";

export function Sections({ children }: { children: ReactNode }) {
  return <div className="flex max-w-measure flex-col gap-8">{children}</div>;
}

export function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section>
      <h2 className="mb-3 text-lg font-semibold">{title}</h2>
      {children}
    </section>
  );
}

interface FoldProps {
  summary: string;
  id?: string;
  open: boolean;
  className?: string;
  children: ReactNode;
}

/** Folds rarely used fields of a form. */
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
