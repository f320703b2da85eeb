import type { Problem } from "~/errors";
import { Field, type FieldView } from "./field";
import { BackLink, FieldsForm, FormEnd } from "./form";
import { ProblemFrame, ProblemNote } from "./problem-note";
import { Fold } from "./section";

export interface SteeringView {
  action: string;
  intro: string;
  back?: { href: string; word: string };
  main: FieldView[];
  more: FieldView[];
  note?: string;
  saved: boolean;
  problem?: Problem;
}

/** Instructions and options; an empty field shows the value in effect. */
export function SteeringForm({ view }: { view: SteeringView }) {
  return (
    <FieldsForm action={view.action} id="steering">
      {view.back ? (
        <BackLink href={view.back.href}>
          <span className="truncate" dir="auto">
            {view.back.word}
          </span>
        </BackLink>
      ) : null}
      <p className="text-md text-quiet">{view.intro}</p>
      <Outcome view={view} />
      {view.note ? <p className={`text-sm text-quiet ${NOTE_LOOK}`}>{view.note}</p> : null}
      <FieldGrid fields={view.main} />
      <MoreFields fields={view.more} />
      <FormEnd label="Save" />
    </FieldsForm>
  );
}

const NOTE_LOOK = "rounded-control border border-line bg-raised px-3 py-2";

function Outcome({ view: { main, more, problem, saved } }: { view: SteeringView }) {
  const faulty = [...main, ...more].filter(({ fault }) => fault).length;
  return (
    <>
      {problem ? <ProblemNote problem={problem} /> : null}
      {saved && faulty === 0 && !problem ? (
        <p className={NOTE_LOOK} role="status">
          Saved.
        </p>
      ) : null}
      {faulty > 0 ? (
        <ProblemFrame role="alert">
          <p className="problem-sentence">
            {faulty === 1
              ? "One field was not taken, so nothing was saved."
              : `${faulty} fields were not taken, so nothing was saved.`}
          </p>
        </ProblemFrame>
      ) : null}
    </>
  );
}

/** Not folded if a field has a fault: morphing keeps a closed fold closed. */
function MoreFields({ fields }: { fields: FieldView[] }) {
  if (fields.some(({ fault }) => fault)) return <FieldGrid fields={fields} />;
  return (
    <Fold summary="More options" id="more-options" open={fields.some(({ value }) => value !== "")}>
      <FieldGrid fields={fields} className="mt-4" />
    </Fold>
  );
}

function FieldGrid({ fields, className = "" }: { fields: FieldView[]; className?: string }) {
  return (
    <div
      className={`grid grid-cols-[repeat(auto-fill,minmax(min(15rem,100%),1fr))] gap-x-6 gap-y-5 ${className}`}
    >
      {fields.map((field) => (
        <Field key={field.name} view={field} />
      ))}
    </div>
  );
}
