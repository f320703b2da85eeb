import type { Problem } from "~/errors";
import { COMPOSER_ID, ComposerButton } from "./composer";
import { type ModelChoice, ModelPicker } from "./model-picker";
import { ProblemNote } from "./problem-note";
import { PromptBox } from "./prompt-box";

/** Prompts that wait in a conversation, in order. */
export interface WaitingView {
  prompts: WaitingPromptView[];
  /** Why they are held although no answer is live. */
  held?: string;
}

export interface WaitingPromptView {
  id: string;
  text: string;
  /** Names of what is attached. */
  files: string[];
  edit: string;
  withdraw: string;
  /** Present if it is held. */
  send?: string;
}

interface WaitingPromptsProps {
  view: WaitingView;
  /** The id of the composer on this page. */
  form?: string;
}

/** Prompts that wait for the answer above them, in order. */
export function WaitingPrompts({
  view: { prompts, held },
  form = COMPOSER_ID,
}: WaitingPromptsProps) {
  const action = (to: string, word: string) => (
    <ComposerButton form={form} action={to} look="quiet">
      {word}
    </ComposerButton>
  );
  return (
    <section className="waiting" aria-label="Waiting prompts">
      <p className="waiting-why">{held ?? "Will be sent when the answer is finished:"}</p>
      <ol>
        {prompts.map(({ id, text, files, edit, withdraw, send }) => (
          <li key={id}>
            <p className="waiting-text" dir="auto">
              {text}{" "}
              {files.length > 0 ? <span className="waiting-files">{files.join(", ")}</span> : null}
            </p>
            <div className="actions">
              {send ? action(send, "Send now") : null}
              <a className="quiet" href={edit}>
                Edit
              </a>
              {action(withdraw, "Withdraw")}
            </div>
          </li>
        ))}
      </ol>
    </section>
  );
}

/** Hides the waiting prompts above it in a streamed document. */
export function NoneWaiting() {
  return <div className="waiting" />;
}

/** A waiting prompt on the page where it is edited. */
export interface EditWaitingView {
  action: string;
  cancel: string;
  prompt: string;
  models: ModelChoice[];
  model?: string;
  away?: boolean;
  problem?: Problem;
}

export function EditWaiting({ problem, ...view }: EditWaitingView) {
  const problemId = problem ? "edit-problem" : undefined;
  return (
    <form className="composer edit-waiting" method="post" action={view.action}>
      {problem ? <ProblemNote problem={problem} id={problemId} /> : null}
      <PromptBox
        id="edit-prompt"
        label="Waiting prompt"
        rows={4}
        required
        defaultValue={view.prompt}
        problemId={problemId}
      />
      <div className="composer-row">
        <ModelPicker id="edit-model" models={view.models} chosen={view.model} away={view.away} />
        <a className="button" href={view.cancel}>
          Cancel
        </a>
        <button className="button primary" type="submit">
          Save
        </button>
      </div>
    </form>
  );
}
