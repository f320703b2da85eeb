import { contextLoss, contextShare, contextUsage, MIN_SHOWN_TOKENS } from "~/shared/context-usage";

export interface ComposerNotesView {
  steering: { href: string; words: string };
  prompts: string;
  context?: ContextView;
  note?: string;
}

/** An estimate of the context usage of the next prompt, in tokens. */
export interface ContextView {
  /** Of the branch and the instructions. */
  tokens: number;
  instructions: number;
  /** Of the text that the page puts into the form. */
  given: number;
  /** The model of the next answer; `of` is its context length, if known. */
  model?: string;
  of?: number;
  tokensPerCharacter: number;
}

// Font size on the children: the width of the line itself is in `ch`.
export const NOTES_LOOK =
  "composer-notes mt-1 flex flex-wrap items-center gap-x-4 px-2 text-quiet [&>*]:text-xs";
const LINK_LOOK =
  "inline-flex min-h-7 items-center hover:text-ink hover:underline touch:min-h-11 touch:min-w-11";

export function ComposerNotes({ view }: { view: ComposerNotesView }) {
  const { steering, prompts, context, note } = view;
  return (
    <div className={NOTES_LOOK}>
      <p className="flex flex-wrap gap-x-4">
        <a className={LINK_LOOK} href={steering.href}>
          {steering.words || "Instructions and options"}
        </a>
        <a className={LINK_LOOK} href={prompts}>
          Saved prompts
        </a>
      </p>
      {context ? <ContextMeter view={context} /> : null}
      {note ? <p className="basis-full">{note}</p> : null}
    </div>
  );
}

/** The meter warns from this share. */
const HIGH = 0.8;

/** Context usage and what would be lost; hidden below MIN_SHOWN_TOKENS. */
export function ContextMeter({ view }: { view: ContextView }) {
  const { tokens, instructions, given, model, of, tokensPerCharacter } = view;
  const need = { tokens: tokens + given, alone: instructions + given, of };
  return (
    <p
      className="context ms-auto inline-flex min-h-7 items-center gap-2 tabular-nums"
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
        <span className="context-loss text-alarm" role="status">
          {contextLoss(need)}
        </span>
      </span>
    </p>
  );
}
