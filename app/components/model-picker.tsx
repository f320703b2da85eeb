import { modelLabel } from "./model-label";
import type { ModelChoice } from "./views";

interface ModelPickerProps {
  id: string;
  models: ModelChoice[];
  chosen?: string | undefined;
  /** Its host cannot be reached. */
  away?: boolean | undefined;
  /** Where the person has come for this choice. */
  autoFocus?: boolean;
}

/** Which model answers. A chosen model that the host no longer has stays visible as such. */
export function ModelPicker({ id, models, chosen, away, autoFocus }: ModelPickerProps) {
  const gone = chosen && !models.some((model) => model.name === chosen) ? chosen : undefined;
  if (models.length === 0 && !gone) return <span className="no-model">No model yet</span>;

  return (
    <span className="picker">
      <label className="sr-only" htmlFor={id}>
        Model
      </label>
      {/* biome-ignore lint/a11y/noAutofocus: only where the person has just asked for this choice. */}
      <select id={id} name="model" defaultValue={chosen} autoFocus={autoFocus}>
        {gone ? (
          // It may see pictures: nothing is known of it now.
          <option value={gone} data-sees>
            {gone} ({away ? "not reachable" : "not on this host"})
          </option>
        ) : null}
        {models.map((model) => (
          <option key={model.name} value={model.name} data-sees={model.sees || undefined}>
            {modelLabel(model)}
          </option>
        ))}
      </select>
    </span>
  );
}
