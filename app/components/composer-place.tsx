import type { ReactNode } from "react";

/** The foot of a conversation. It comes last in the document, and when it has come, Stop goes. */
export function ComposerPlace({ children }: { children: ReactNode }) {
  return <div className="composer-place">{children}</div>;
}
