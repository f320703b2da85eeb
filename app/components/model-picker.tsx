export interface ModelChoice {
  name: string;
  /** True for the demo host's models. */
  demo: boolean;
  /** Whether it takes pictures. */
  sees: boolean;
  /** False if it is known to start a new answer instead of continuing one. */
  continues?: boolean;
}

/** The model that a form starts with. */
export interface ModelWanted {
  model?: string;
  /** Its host cannot be reached. */
  away?: boolean;
}

interface ModelPickerProps {
  id: string;
  models: ModelChoice[];
  chosen?: string;
  /** Its host cannot be reached. */
  away?: boolean;
  autoFocus?: boolean;
}

/** Which model answers. A chosen model that the host no longer has stays in the list, marked. */
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
          // It may take pictures: nothing is known of it now.
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

/** A model's name for people: the demo says what it is wherever it appears. */
export function modelLabel(model: { name: string; demo: boolean }) {
  return model.demo ? `${model.name} (demo, not a model)` : model.name;
}
