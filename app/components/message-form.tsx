import type { Problem } from "~/errors";
import { type ModelChoice, ModelPicker } from "./model-picker";
import { Once } from "./once";
import { ProblemNote } from "./problem-note";

/** A form for a message: in its place, with the way back. */
export interface MessageFormView {
  action: string;
  /** Another one on every page: by it the server knows a double click. */
  once?: string;
  cancel: string;
  models: ModelChoice[];
  model?: string;
  away?: boolean;
  leaf?: string;
  problem?: Problem;
}

interface MessageFormProps {
  /** Of the message that the form stands in. */
  id: string;
  form: MessageFormView;
  /** The prompt that is being put in other words; without it only the model is chosen. */
  prompt?: string;
  /** Whether files say what the prompt does not. */
  mayBeEmpty?: boolean;
}

/** A prompt in other words, or another model for an answer: a form in the place of what it is about. */
export function MessageForm({ id, form, prompt, mayBeEmpty = false }: MessageFormProps) {
  const problemId = `problem-${id}`;
  return (
    <form className="message-form" method="post" action={form.action}>
      <Once id={form.once} />
      {form.problem ? <ProblemNote problem={form.problem} id={problemId} /> : null}
      {form.leaf ? <input type="hidden" name="leaf" value={form.leaf} /> : null}
      {prompt === undefined ? null : (
        <>
          <label className="sr-only" htmlFor={`edit-${id}`}>
            Your prompt
          </label>
          <textarea
            id={`edit-${id}`}
            name="prompt"
            rows={3}
            required={!mayBeEmpty}
            dir="auto"
            // biome-ignore lint/a11y/noAutofocus: the person has just asked for this box.
            autoFocus
            defaultValue={prompt}
            aria-invalid={form.problem ? true : undefined}
            aria-describedby={form.problem ? problemId : undefined}
          />
        </>
      )}
      <div className="message-form-row">
        <ModelPicker
          id={`model-${id}`}
          models={form.models}
          chosen={form.model}
          away={form.away}
          autoFocus={prompt === undefined}
        />
        <a className="button" href={form.cancel}>
          Cancel
        </a>
        <button className="button primary" type="submit">
          {prompt === undefined ? "Answer again" : "Send"}
        </button>
      </div>
    </form>
  );
}
