import { contextLoss, contextShare, contextUsage, MIN_SHOWN_TOKENS } from "~/shared/context-usage";

/** About how full the context is before the next prompt is sent. */
export interface ContextView {
  /** Of the branch and the instructions. */
  tokens: number;
  /** Of the instructions alone. */
  instructions: number;
  /** Of what is in the form when the page comes: a prompt that came back. */
  given: number;
  /** The model that is to answer, and how many tokens it holds at once, where that is known. */
  model?: string;
  of?: number;
  /** What each character more costs: a script counts what is being typed. */
  tokensPerCharacter: number;
}

/** From here on it is worth a look. */
const HIGH = 0.8;

/**
 * How full the context is, and what will be lost of what does not fit. Where nothing is in it yet it waits,
 * hidden, for a script that counts along.
 */
export function ContextMeter({ view }: { view: ContextView }) {
  const { tokens, instructions, given, model, of, tokensPerCharacter } = view;
  const need = { tokens: tokens + given, alone: instructions + given, of };
  return (
    <p
      className="context"
      id="context"
      hidden={need.tokens < MIN_SHOWN_TOKENS}
      data-tokens={Math.round(tokens)}
      data-instructions={Math.round(instructions)}
      data-model={model}
      data-of={of}
      data-each={tokensPerCharacter.toFixed(3)}
      data-share={contextShare(need.tokens, of)}
    >
      {of === undefined ? null : (
        <meter
          min={0}
          max={of}
          high={Math.round(HIGH * of)}
          optimum={0}
          value={Math.min(of, Math.round(need.tokens))}
          aria-label="How full the context is"
        />
      )}
      <span>
        <span className="context-words">{contextUsage(need)}</span>
        <span className="context-loss" role="status">
          {contextLoss(need)}
        </span>
      </span>
    </p>
  );
}
