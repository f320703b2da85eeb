import type { Problem } from "~/errors";
import { Button, ButtonLink } from "./button";
import { COMPOSER_BOX_LOOK, COMPOSER_ID, COMPOSER_LOOK, ComposerButton } from "./composer";
import { Actions } from "./message-actions";
import { type ModelChoice, ModelPicker } from "./model-picker";
import { ProblemNote } from "./problem-note";
import { PromptBox } from "./prompt-box";

export interface WaitingView {
  prompts: WaitingPromptView[];
  /** Why they are held although no answer is live. */
  held?: string;
}

export interface WaitingPromptView {
  id: string;
  text: string;
  files: string[];
  edit: string;
  withdraw: string;
  send?: string;
}

interface WaitingPromptsProps {
  view: WaitingView;
  form?: string;
}

/** Prompts that wait for the answer above them, in sending order. */
export function WaitingPrompts({
  view: { prompts, held },
  form = COMPOSER_ID,
}: WaitingPromptsProps) {
  const action = (to: string, word: string) => (
    <ComposerButton form={form} action={to} className="quiet">
      {word}
    </ComposerButton>
  );
  return (
    <section className="waiting order-1 mt-8 text-md" aria-label="Waiting prompts">
      <p className="mb-2 text-xs text-quiet">
        {held ?? "Will be sent when the answer is finished:"}
      </p>
      <ol className="max-h-[calc(0.35*var(--screen))] divide-y divide-line overflow-y-auto rounded-surface border border-line [scrollbar-width:thin]">
        {prompts.map(({ id, text, files, edit, withdraw, send }) => (
          <li className="flex flex-wrap items-center justify-end gap-x-3 py-1.5 pl-4 pr-2" key={id}>
            <p
              className="waiting-text line-clamp-2 max-h-[2lh] flex-[1_1_14rem] wrap-anywhere"
              dir="auto"
            >
              {text}{" "}
              {files.length > 0 ? (
                <span className="waiting-files text-quiet">{files.join(", ")}</span>
              ) : null}
            </p>
            <Actions>
              {send ? action(send, "Send now") : null}
              <a className="quiet" href={edit}>
                Edit
              </a>
              {action(withdraw, "Withdraw")}
            </Actions>
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
    <form className={`${COMPOSER_LOOK} mt-4`} method="post" action={view.action}>
      {problem ? <ProblemNote problem={problem} id={problemId} /> : null}
      <PromptBox
        id="edit-prompt"
        label="Waiting prompt"
        className={COMPOSER_BOX_LOOK}
        rows={4}
        required
        defaultValue={view.prompt}
        problemId={problemId}
      />
      <div className="flex items-center gap-2 p-2">
        <ModelPicker id="edit-model" models={view.models} chosen={view.model} away={view.away} />
        <ButtonLink className="ms-auto" href={view.cancel}>
          Cancel
        </ButtonLink>
        <Button look="primary">Save</Button>
      </div>
    </form>
  );
}
