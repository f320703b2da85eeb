import { ModelPicker } from "./model-picker";
import { ProblemNote } from "./problem-note";
import type { ComposerView, ModelChoice } from "./views";

interface ComposerProps {
  view: ComposerView;
  models: ModelChoice[];
  /** What the empty box invites to. */
  invitation?: string;
  /** Sets the ids apart where a page shows more than one. */
  id?: string;
}

/** Where the person writes. The reason of a refusal stands above the text that came back. */
export function Composer({
  view,
  models,
  invitation = "Ask anything",
  id = "composer",
}: ComposerProps) {
  const problemId = `${id}-problem`;

  return (
    <form className="composer" id={id} method="post" action={view.action}>
      {view.problem ? <ProblemNote problem={view.problem} id={problemId} /> : null}
      <label className="sr-only" htmlFor={`${id}-prompt`}>
        Message
      </label>
      <textarea
        id={`${id}-prompt`}
        name="prompt"
        rows={2}
        required
        dir="auto"
        placeholder={invitation}
        defaultValue={view.prompt}
        aria-invalid={view.problem ? true : undefined}
        aria-describedby={view.problem ? problemId : undefined}
      />
      <div className="composer-row">
        <ModelPicker id={`${id}-model`} models={models} chosen={view.model} />
        {/* Its words come from the style sheet, where script runs: elsewhere they would not be true. */}
        <span className="hint" aria-hidden="true" />
        <button className="button primary" type="submit">
          Send
        </button>
      </div>
    </form>
  );
}
