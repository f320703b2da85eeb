import type { Problem } from "~/errors";
import { Button, ButtonLink } from "./button";
import { type ModelChoice, ModelPicker } from "./model-picker";
import { ProblemNote } from "./problem-note";
import { PromptBox, SubmissionId } from "./prompt-box";

export interface MessageFormView {
  action: string;
  once?: string;
  cancel: string;
  models: ModelChoice[];
  model?: string;
  away?: boolean;
  leaf?: string;
  problem?: Problem;
}

interface MessageFormProps {
  id: string;
  form: MessageFormView;
  /** The prompt to edit; without it, only the model is chosen. */
  prompt?: string;
  mayBeEmpty?: boolean;
}

/** Edits a prompt, or chooses another model for an answer. */
export function MessageForm({ id, form, prompt, mayBeEmpty = false }: MessageFormProps) {
  const problemId = form.problem ? `problem-${id}` : undefined;
  return (
    <form
      className={`message-form w-full ${prompt === undefined ? "mb-3" : ""}`.trim()}
      method="post"
      action={form.action}
    >
      <SubmissionId id={form.once} />
      {form.problem ? <ProblemNote problem={form.problem} id={problemId} /> : null}
      {form.leaf ? <input type="hidden" name="leaf" value={form.leaf} /> : null}
      {prompt === undefined ? null : (
        <PromptBox
          id={`edit-${id}`}
          label="Your prompt"
          className="max-h-[60dvh] min-h-20 rounded-surface border border-edge bg-raised px-4 py-2.5"
          rows={3}
          required={!mayBeEmpty}
          autoFocus
          defaultValue={prompt}
          problemId={problemId}
        />
      )}
      <div className="mt-2 flex flex-wrap items-center justify-end gap-2">
        <ModelPicker
          id={`model-${id}`}
          models={form.models}
          chosen={form.model}
          away={form.away}
          autoFocus={prompt === undefined}
          framed
        />
        <ButtonLink href={form.cancel}>Cancel</ButtonLink>
        <Button look="primary">{prompt === undefined ? "Answer again" : "Send"}</Button>
      </div>
    </form>
  );
}
