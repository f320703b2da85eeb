import { ContextMeter, type ContextView } from "./context-meter";

/** What stands quietly below the composer. */
export interface ComposerNotesView {
  /** What is in force for the answer to come, and where one sets it. */
  steering: { href: string; words: string };
  /** The library of prompts to start from. */
  prompts: string;
  /** How full the context is; absent while that changes. */
  context?: ContextView;
  /** What is set and cannot be had of this model. */
  note?: string;
}

/** What holds for the answer to come, as links to where it is set. */
export function ComposerNotes({ view }: { view: ComposerNotesView }) {
  const { steering, prompts, context, note } = view;
  return (
    <div className="composer-notes">
      <p className="composer-links">
        <a href={steering.href}>{steering.words || "Instructions and options"}</a>
        <a href={prompts}>Saved prompts</a>
      </p>
      {context ? <ContextMeter view={context} /> : null}
      {note ? <p className="composer-note">{note}</p> : null}
    </div>
  );
}
