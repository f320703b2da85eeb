interface ThinkingProps {
  /** The answer's; with it one can leave the thinking open while the page goes from live to settled. */
  id: string;
  text: string;
  /** In a live answer text still arrives. */
  live?: boolean;
}

/** What the model thought before it answered: open while it thinks, folded afterwards. */
export function Thinking({ id, text, live = false }: ThinkingProps) {
  return (
    <details className="thinking" id={`thinking-${id}`} open={live}>
      <summary>Thinking</summary>
      <div
        className="thoughts"
        dir="auto"
        id={`thoughts-${id}`}
        // While it is live it is a low window that scrolls, and must be in reach of the keyboard.
        tabIndex={live ? 0 : undefined}
      >
        {text}
      </div>
    </details>
  );
}
