interface ThinkingProps {
  text: string;
  /** Set in a live answer, where text still arrives: `thinking-…` and `thoughts-…`. */
  liveId?: string;
}

/** What the model thought before it answered: open while it thinks, folded afterwards. */
export function Thinking({ text, liveId }: ThinkingProps) {
  return (
    <details className="thinking" id={liveId && `thinking-${liveId}`} open={Boolean(liveId)}>
      <summary>Thinking</summary>
      <div
        className="thoughts"
        dir="auto"
        id={liveId && `thoughts-${liveId}`}
        // While it is live it is a low window that scrolls, and must be in reach of the keyboard.
        tabIndex={liveId ? 0 : undefined}
      >
        {text}
      </div>
    </details>
  );
}
