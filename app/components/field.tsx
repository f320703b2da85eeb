export interface FieldView {
  name: string;
  label: string;
  hint?: string;
  value: string;
  /** The value in effect while it is empty. */
  placeholder?: string;
  fault?: string;
  kind?: "text" | "number" | "area" | "choice";
  choices?: [value: string, word: string][];
  rows?: number;
  /** A checkbox for "none". */
  box?: { name: string; label: string; on: boolean };
}

const CONTROL_LOOK =
  "w-full rounded-control border border-edge bg-raised px-3 py-2 text-ink aria-[invalid=true]:border-alarm";

const LINES_LOOK = `max-h-[calc(0.5*var(--screen))] resize-y [field-sizing:content] ${CONTROL_LOOK}`;

/** Grows with its text, up to half the screen. */
export const AREA_LOOK = `min-h-22 ${LINES_LOOK}`;

/** A labelled field with its hint and, after a refusal, the reason. */
export function Field({ view }: { view: FieldView }) {
  const { name, label, hint, fault, kind, box } = view;
  const id = `field-${name}`;

  return (
    <div className={`flex min-w-0 flex-col gap-1 ${kind === "area" ? "col-span-full" : ""}`}>
      <label className="text-md font-medium" htmlFor={id}>
        {label}
      </label>
      <Control view={view} id={id} />
      {/* Below the control, so that fields side by side stay aligned. */}
      {fault ? (
        <p
          className="text-sm text-alarm before:font-semibold before:content-['!_']"
          id={`${id}-fault`}
        >
          {fault}
        </p>
      ) : null}
      {hint ? (
        <p className="text-sm text-quiet" id={`${id}-hint`}>
          {hint}
        </p>
      ) : null}
      {box ? (
        <label className="flex min-h-11 w-fit items-center gap-2 text-md font-medium">
          <input
            className="m-0 min-h-[1.125rem] w-[1.125rem]"
            type="checkbox"
            name={box.name}
            defaultChecked={box.on}
          />
          {box.label}
        </label>
      ) : null}
    </div>
  );
}

function Control({ view, id }: { view: FieldView; id: string }) {
  const { name, hint, fault, kind, value, placeholder, rows = 4, choices = [] } = view;
  const about = [hint ? `${id}-hint` : "", fault ? `${id}-fault` : ""].filter(Boolean).join(" ");
  const common = {
    id,
    name,
    defaultValue: value,
    "aria-describedby": about || undefined,
    "aria-invalid": fault ? true : undefined,
  };
  if (kind === "choice") {
    return (
      <select className={`min-h-11 ${CONTROL_LOOK}`} {...common}>
        {choices.map(([value, word]) => (
          <option key={value} value={value}>
            {word}
          </option>
        ))}
      </select>
    );
  }
  const typed = { ...common, dir: "auto", placeholder };
  if (kind === "area") {
    const look = rows === 1 ? `min-h-11 ${LINES_LOOK}` : AREA_LOOK;
    return <textarea className={look} rows={rows} {...typed} />;
  }
  const isNumber = kind === "number";
  return (
    <input
      className={`min-h-11 ${isNumber ? "tabular-nums" : ""} ${CONTROL_LOOK}`}
      type="text"
      inputMode={isNumber ? "decimal" : undefined}
      autoComplete="off"
      {...typed}
    />
  );
}
