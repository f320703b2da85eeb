import type { Problem } from "~/errors";
import { type ModelChoice, ModelPicker } from "./model-picker";
import { ProblemNote } from "./problem-note";

/** A waiting prompt on its own page, where it is put in other words. */
export interface EditWaitingView {
  action: string;
  cancel: string;
  prompt: string;
  models: ModelChoice[];
  model?: string;
  away?: boolean;
  problem?: Problem;
}

/** A prompt that waits, to be put in other words: it keeps its place in the order. */
export function EditWaiting({
  action,
  cancel,
  prompt,
  models,
  model,
  away,
  problem,
}: EditWaitingView) {
  return (
    <form className="composer edit-waiting" method="post" action={action}>
      {problem ? <ProblemNote problem={problem} id="edit-problem" /> : null}
      <label className="sr-only" htmlFor="edit-prompt">
        Waiting prompt
      </label>
      <textarea
        id="edit-prompt"
        name="prompt"
        rows={4}
        required
        dir="auto"
        defaultValue={prompt}
        aria-invalid={problem ? true : undefined}
        aria-describedby={problem ? "edit-problem" : undefined}
      />
      <div className="composer-row">
        <ModelPicker id="edit-model" models={models} chosen={model} away={away} />
        <a className="button" href={cancel}>
          Cancel
        </a>
        <button className="button primary" type="submit">
          Save
        </button>
      </div>
    </form>
  );
}
