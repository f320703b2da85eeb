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
