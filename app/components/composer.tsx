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
  /** New for every page; identifies a double click. */
  once?: string;
  prompt: string;
  model?: string;
  away?: boolean;
  problem?: Problem;
  /** Files of a refused prompt, sent with the next try unless unticked. */
  kept?: FileView[];
  refusedFiles?: { sentence: string; next: string }[];
  notes?: ComposerNotesView;
  stop?: string;
  adds?: boolean;
}

interface ComposerProps {
  view: ComposerView;
  models: ModelChoice[];
  placeholder?: string;
  id?: string;
}

export const COMPOSER_ID = "composer";

export const COMPOSER_LOOK =
  "composer rounded-surface border border-edge bg-raised focus-within:border-accent";
export const COMPOSER_BOX_LOOK = "block bg-transparent px-4 pb-1 pt-3 placeholder:text-quiet";

/** The form that sends prompts. During a live answer it also stops the answer, and prompts wait. */
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
      {/* Filled by CSS if script runs: only then does Enter send. */}
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

/** Contains both labels: a streamed document cannot replace the first. */
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
  form?: string;
  children: ReactNode;
}

const URL_ENCODED = "application/x-www-form-urlencoded";

/** Does not send the prompt. Without script it submits the unsent text, so that it is kept. */
export function ComposerButton({ action, className, form, children }: ComposerButtonProps) {
  // With script, a request of its own: a prompt sent right after it must not be dropped as a double click.
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
