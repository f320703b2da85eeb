import type { ReactNode } from "react";
import type { Problem } from "~/errors";
import { Button, buttonClass } from "./button";
import { ComposerNotes, type ComposerNotesView } from "./composer-notes";
import { FileField, type FileView, KeptFiles } from "./files";
import { type ModelChoice, ModelPicker } from "./model-picker";
import { ProblemNote } from "./problem-note";
import { PromptBox, SubmissionId } from "./prompt-box";

export interface ComposerView {
  action: string;
  /** New on every page: the server recognises a double click by it. */
  once?: string;
  prompt: string;
  model?: string;
  /** The host of the chosen model cannot be reached. */
  away?: boolean;
  problem?: Problem;
  /** Files of a refused prompt: sent with the next try unless they are unticked. */
  kept?: FileView[];
  /** Files that were not taken, and why. */
  refusedFiles?: { sentence: string; next: string }[];
  notes?: ComposerNotesView;
  /** Present while an answer is live: the action of Stop. */
  stop?: string;
  /** The prompt is added to unsent text. */
  adds?: boolean;
}

interface ComposerProps {
  view: ComposerView;
  models: ModelChoice[];
  placeholder?: string;
  /** Keeps ids apart on a page with more than one. */
  id?: string;
}

/** The conversation's composer; buttons elsewhere on its page may belong to its form. */
export const COMPOSER_ID = "composer";

export const COMPOSER_LOOK =
  "composer rounded-surface border border-edge bg-raised focus-within:border-accent";
export const COMPOSER_BOX_LOOK = "block bg-transparent px-4 pb-1 pt-3 placeholder:text-quiet";

/**
 * The form that sends prompts. A problem stands above the prompt that came back. During a live answer Stop
 * stands where Send stood, and a prompt that is sent waits.
 */
export function Composer(props: ComposerProps) {
  const { view, models, placeholder = "Ask anything", id = COMPOSER_ID } = props;
  const problemId = view.problem ? `${id}-problem` : undefined;
  return (
    <>
      <form
        className={COMPOSER_LOOK}
        id={id}
        method="post"
        action={view.action}
        encType="multipart/form-data"
      >
        <SubmissionId id={view.once} />
        {view.problem ? (
          <ProblemNote problem={view.problem} id={problemId}>
            {view.refusedFiles?.length ? <RefusedFiles files={view.refusedFiles} /> : null}
          </ProblemNote>
        ) : null}
        {view.kept?.length ? <KeptFiles files={view.kept} id={id} /> : null}
        <ul className="chosen-files" />
        <p className="vision-note" role="status" />
        <PromptBox
          id={`${id}-prompt`}
          label="Message"
          className={COMPOSER_BOX_LOOK}
          rows={2}
          placeholder={placeholder}
          defaultValue={view.prompt}
          adds={view.adds}
          problemId={problemId}
        />
        <ComposerRow view={view} models={models} id={id} />
      </form>
      {view.notes ? <ComposerNotes view={view.notes} /> : null}
    </>
  );
}

function RefusedFiles({ files }: { files: NonNullable<ComposerView["refusedFiles"]> }) {
  return (
    <ul className="mt-1 list-disc ps-5">
      {files.map(({ sentence, next }) => (
        <li key={sentence}>
          {sentence} {next}
        </li>
      ))}
    </ul>
  );
}

function ComposerRow({ view, models, id }: Required<Omit<ComposerProps, "placeholder">>) {
  return (
    <div className="composer-row flex items-center gap-2 p-2">
      <FileField id={id} />
      <ModelPicker id={`${id}-model`} models={models} chosen={view.model} away={view.away} />
      {/* The style sheet fills it if script runs: without script Enter does not send. */}
      <span className="hint hidden text-xs text-quiet" aria-hidden="true" />
      <SendButton live={view.stop !== undefined} />
      {view.stop ? (
        <ComposerButton action={view.stop} className={buttonClass({ className: "stop" })}>
          Stop
        </ComposerButton>
      ) : null}
    </div>
  );
}

/** Has the words for both states: a streamed document cannot take the first back. */
function SendButton({ live }: { live: boolean }) {
  if (!live) {
    return (
      <Button look="primary" className="send ms-auto">
        Send
      </Button>
    );
  }
  return (
    <Button className="next send ms-auto">
      <span className="while-live">Send next</span>
      <span className="once-ended">Send</span>
    </Button>
  );
}

interface ComposerButtonProps {
  action: string;
  className: string;
  /** The id of the composer's form, for a button outside it. */
  form?: string;
  children: ReactNode;
}

const URL_ENCODED = "application/x-www-form-urlencoded";

/**
 * A button of the composer's form that does something else than send: unsent text comes along and is kept
 * without script. With script it makes a request of its own, or a prompt sent right after would be dropped as a
 * double click.
 */
export function ComposerButton({ action, className, form, children }: ComposerButtonProps) {
  const script = { "hx-post": action, "hx-encoding": URL_ENCODED };
  return (
    <button
      className={className}
      type="submit"
      form={form}
      formAction={action}
      formMethod="post"
      formEncType={URL_ENCODED}
      formNoValidate
      {...script}
    >
      {children}
    </button>
  );
}
