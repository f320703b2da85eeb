export interface ModelChoice {
  name: string;
  demo: boolean;
  /** True if it accepts images. */
  sees: boolean;
  /** False if it is known to start a new answer instead of continuing. */
  continues?: boolean;
}

/** The initial model of a form. */
export interface ModelWanted {
  model?: string;
  /** Its host cannot be reached. */
  away?: boolean;
}

interface ModelPickerProps {
  id: string;
  models: ModelChoice[];
  chosen?: string;
  away?: boolean;
  autoFocus?: boolean;
  framed?: boolean;
}

const SELECT_LOOK =
  "min-h-9 max-w-full rounded-control bg-raised py-0 pl-2 pr-7 text-sm text-quiet hover:text-ink";

/** Selects a model. A chosen model that the host no longer has stays in the list, marked. */
export function ModelPicker({ id, models, chosen, away, autoFocus, framed }: ModelPickerProps) {
  const gone = chosen && !models.some((model) => model.name === chosen) ? chosen : undefined;
  if (models.length === 0 && !gone)
    return <span className="px-2 text-xs text-quiet">No model yet</span>;

  return (
    <span className={`picker relative min-w-0 ${framed ? "me-auto" : ""}`.trim()}>
      <label className="sr-only" htmlFor={id}>
        Model
      </label>
      <select
        className={`${SELECT_LOOK} ${framed ? "border border-edge" : ""}`.trim()}
        id={id}
        name="model"
        defaultValue={chosen}
        // biome-ignore lint/a11y/noAutofocus: only after the user asked for this choice.
        autoFocus={autoFocus}
      >
        {gone ? (
          // Unknown, so it may accept images.
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

/** A model's name for display; marks the demo. */
export function modelLabel(model: { name: string; demo: boolean }) {
  return model.demo ? `${model.name} (demo, not a model)` : model.name;
}
