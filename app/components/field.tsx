/** A field of a form: what it is called, what it means, what was typed, and why that was not taken. */
export interface FieldView {
  name: string;
  label: string;
  /** What it does and what it may be. */
  hint?: string;
  value: string;
  /** What holds while it is empty. */
  placeholder?: string;
  fault?: string;
  /** `text` where nothing else is said. */
  kind?: "text" | "number" | "area" | "choice";
  /** Of a choice: [value, word]. */
  choices?: [value: string, word: string][];
  /** Of an area. */
  rows?: number;
  /** A box below it that says there is to be nothing. */
  box?: { name: string; label: string; on: boolean };
}

/** One labelled field with its hint and, after a refusal, the reason beside it. */
export function Field({ view }: { view: FieldView }) {
  const { name, label, hint, fault, kind = "text" } = view;
  const id = `field-${name}`;
  const about = [hint ? `${id}-hint` : "", fault ? `${id}-fault` : ""].filter(Boolean).join(" ");
  const common = {
    id,
    name,
    "aria-describedby": about || undefined,
    "aria-invalid": fault ? true : undefined,
  };

  return (
    <div className={`field ${kind}`}>
      <label htmlFor={id}>{label}</label>
      {kind === "area" ? (
        <textarea
          {...common}
          rows={view.rows ?? 4}
          dir="auto"
          defaultValue={view.value}
          placeholder={view.placeholder}
        />
      ) : null}
      {kind === "choice" ? (
        <select {...common} defaultValue={view.value}>
          {(view.choices ?? []).map(([value, word]) => (
            <option key={value} value={value}>
              {word}
            </option>
          ))}
        </select>
      ) : null}
      {kind === "text" || kind === "number" ? (
        <input
          {...common}
          type="text"
          inputMode={kind === "number" ? "decimal" : undefined}
          autoComplete="off"
          dir="auto"
          defaultValue={view.value}
          placeholder={view.placeholder}
        />
      ) : null}
      {/* Below, so that boxes side by side stay in line. */}
      {fault ? (
        <p className="fault" id={`${id}-fault`}>
          {fault}
        </p>
      ) : null}
      {hint ? (
        <p className="field-hint" id={`${id}-hint`}>
          {hint}
        </p>
      ) : null}
      {view.box ? (
        <label className="field-box">
          <input type="checkbox" name={view.box.name} defaultChecked={view.box.on} />
          {view.box.label}
        </label>
      ) : null}
    </div>
  );
}
