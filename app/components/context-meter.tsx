import { contextShare, contextWords, LEAST_CONTEXT } from "~/context-words";

/** About how full the context is before the next prompt is sent. */
export interface ContextView {
  tokens: number;
  /** How many tokens the model holds at once, where that is known. */
  of?: number;
  /** What each character more costs: a script counts what is being typed. */
  tokensPerCharacter: number;
}

/** From here on it is worth a look. */
const HIGH = 0.8;

/** How full the context is. Where nothing is in it yet it waits, hidden, for a script that counts along. */
export function ContextMeter({ view }: { view: ContextView }) {
  const { tokens, of, tokensPerCharacter } = view;
  const words = contextWords(tokens, of);
  return (
    <p
      className="context"
      id="context"
      hidden={tokens < LEAST_CONTEXT}
      data-tokens={Math.round(tokens)}
      data-of={of}
      data-each={tokensPerCharacter.toFixed(3)}
      data-share={contextShare(tokens, of)}
    >
      {of === undefined ? null : (
        <meter
          min={0}
          max={of}
          high={Math.round(HIGH * of)}
          optimum={0}
          value={Math.min(of, Math.round(tokens))}
          aria-label="How full the context is"
        />
      )}
      <span className="context-words">{words}</span>
    </p>
  );
}
