import { contextLoss, contextShare, contextUsage, MIN_SHOWN_TOKENS } from "~/shared/context-usage";

/** The quiet lines below the composer. */
export interface ComposerNotesView {
  /** The steering of the next answer, and the page where it is set. */
  steering: { href: string; words: string };
  /** The page of saved prompts. */
  prompts: string;
  /** Absent while an answer changes it. */
  context?: ContextView;
  /** A setting that this model cannot follow. */
  note?: string;
}

/** An estimate of how full the context is before the next prompt is sent. */
export interface ContextView {
  /** Of the branch and the instructions. */
  tokens: number;
  /** Of the instructions alone. */
  instructions: number;
  /** Of what the page puts into the form: a prompt that came back. */
  given: number;
  /** The model of the next answer, and how many tokens it holds at once, if known. */
  model?: string;
  of?: number;
  /** For the script that counts what is being typed. */
  tokensPerCharacter: number;
}

// The type on each part: the width is measured in letters of the size around them.
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

/** From this share on the meter warns. */
const HIGH = 0.8;

/** How full the context is, and what would be lost; hidden while it is empty, until the script counts. */
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
