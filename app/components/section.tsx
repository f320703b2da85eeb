import type { ReactNode } from "react";

/** The parts of a page, one below the other. */
export function Sections({ children }: { children: ReactNode }) {
  return <div className="flex max-w-measure flex-col gap-8">{children}</div>;
}

/** A part of a page under its title. */
export function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section>
      <h2 className="mb-3 text-lg font-semibold">{title}</h2>
      {children}
    </section>
  );
}
