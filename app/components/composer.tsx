import type { Problem } from "~/errors";
import { ComposerButton } from "./composer-button";
import { ComposerNotes, type ComposerNotesView } from "./composer-notes";
import { FileField } from "./file-field";
import { type FileView, KeptFiles } from "./files";
import { type ModelChoice, ModelPicker } from "./model-picker";
import { Once } from "./once";
import { ProblemNote } from "./problem-note";

/** The composer in every situation: empty, with the text that came back, with the reason beside it. */
export interface ComposerView {
  action: string;
  /** Another one on every page: by it the server knows a double click. */
  once?: string;
  prompt: string;
  model?: string;
  /** The model is chosen, but its host cannot be reached. */
  away?: boolean;
  problem?: Problem;
  /** Files that came with a prompt that was refused: they go with the next try, unless they are unticked. */
  kept?: FileView[];
  /** Files that were not taken, and why. */
  refusedFiles?: { sentence: string; next: string }[];
  /** Absent where nothing is known yet of what it stands above. */
  notes?: ComposerNotesView;
  /** Present while an answer is being written: where Stop goes. */
  stop?: string;
  /** The prompt is to be added to what has been written, which is not sent yet. */
  adds?: boolean;
}

interface ComposerProps {
  view: ComposerView;
  models: ModelChoice[];
  /** What the empty box invites to. */
  invitation?: string;
  /** Sets the ids apart where a page shows more than one. */
  id?: string;
}

/** The conversation's composer; buttons elsewhere on its page may belong to its form. */
export const COMPOSER_ID = "composer";

/**
 * Where the person writes. The reason of a refusal stands above the text that came back. While an answer is
 * being written, Stop stands where Send stood, and a prompt can be sent that waits.
 */
export function Composer({
  view,
  models,
  invitation = "Ask anything",
  id = COMPOSER_ID,
}: ComposerProps) {
  const problemId = `${id}-problem`;

  return (
    <>
      <form
        className="composer"
        id={id}
        method="post"
        action={view.action}
        encType="multipart/form-data"
      >
        <Once id={view.once} />
        {view.problem ? (
          <ProblemNote problem={view.problem} id={problemId}>
            {view.refusedFiles?.length ? <RefusedFiles files={view.refusedFiles} /> : null}
          </ProblemNote>
        ) : null}
        {view.kept?.length ? <KeptFiles files={view.kept} id={id} /> : null}
        <ul className="chosen-files" />
        <p className="vision-note" role="status" />
        <label className="sr-only" htmlFor={`${id}-prompt`}>
          Message
        </label>
        <textarea
          id={`${id}-prompt`}
          name="prompt"
          rows={2}
          dir="auto"
          placeholder={invitation}
          defaultValue={view.prompt}
          data-adds={view.adds ? true : undefined}
          aria-invalid={view.problem ? true : undefined}
          aria-describedby={view.problem ? problemId : undefined}
        />
        <div className="composer-row">
          <FileField id={id} />
          <ModelPicker id={`${id}-model`} models={models} chosen={view.model} away={view.away} />
          {/* Its words come from the style sheet, where script runs: elsewhere they would not be true. */}
          <span className="hint" aria-hidden="true" />
          <SendButton live={view.stop !== undefined} />
          {view.stop ? (
            <ComposerButton action={view.stop} look="button stop">
              Stop
            </ComposerButton>
          ) : null}
        </div>
      </form>
      {view.notes ? <ComposerNotes view={view.notes} /> : null}
    </>
  );
}

function RefusedFiles({ files }: { files: NonNullable<ComposerView["refusedFiles"]> }) {
  return (
    <ul className="refused-files">
      {files.map(({ sentence, next }) => (
        <li key={sentence}>
          {sentence} {next}
        </li>
      ))}
    </ul>
  );
}

/** The words for both states are there: a document that streams cannot take the first one back. */
function SendButton({ live }: { live: boolean }) {
  if (!live) {
    return (
      <button className="button primary send" type="submit">
        Send
      </button>
    );
  }
  return (
    <button className="button next send" type="submit">
      <span className="while-live">Send next</span>
      <span className="once-ended">Send</span>
    </button>
  );
}
