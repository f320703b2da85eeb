import type { ReactNode } from "react";

interface MessageProps {
  id: string;
  kind: keyof typeof LOOKS;
  /** A heading for screen readers; visible in print. */
  speaker: string;
  /** Scrolls the page here without script, unless the URL has a fragment. */
  takesFocus?: boolean;
  children: ReactNode;
}

const LOOKS = {
  assistant: "message assistant",
  live: "message assistant live",
  person: "message person flex flex-col items-end",
  system: "message system",
};

const FOCUS = { tabIndex: -1, autoFocus: true };

export function Message({ id, kind, speaker, takesFocus = false, children }: MessageProps) {
  return (
    <article className={LOOKS[kind]} id={`m-${id}`} {...(takesFocus ? FOCUS : {})}>
      <h2 className="sr-only speaker">{speaker}</h2>
      {children}
    </article>
  );
}
