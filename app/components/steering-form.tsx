import type { Problem } from "~/errors";
import { Field, type FieldView } from "./field";
import { ProblemNote } from "./problem-note";

/** The form of instructions and options, for a conversation, a model or all of them. */
export interface SteeringView {
  action: string;
  /** Whom it is for and what it goes before. */
  intro: string;
  /** Where one comes from. */
  back?: { href: string; word: string };
  /** What one sets most. */
  main: FieldView[];
  /** The rest, folded unless one of them needs a look. */
  more: FieldView[];
  /** What is set and cannot be had. */
  note?: string;
  saved: boolean;
  /** Why nothing could be saved. */
  problem?: Problem;
}

/** Instructions and options: each field says what holds while it is empty. */
export function SteeringForm({ view }: { view: SteeringView }) {
  const faulty = [...view.main, ...view.more].filter(({ fault }) => fault).length;
  const unfold = view.more.some(({ fault }) => fault);
  const more = <div className="field-grid">{view.more.map(fieldOf)}</div>;

  return (
    <form className="fields" method="post" action={view.action} id="steering">
      {view.back ? (
        <p>
          <a className="back" href={view.back.href}>
            <span aria-hidden="true">‹ </span>
            <span className="back-word" dir="auto">
              {view.back.word}
            </span>
          </a>
        </p>
      ) : null}
      <p className="fields-intro">{view.intro}</p>
      {view.problem ? <ProblemNote problem={view.problem} /> : null}
      {view.saved && faulty === 0 && !view.problem ? (
        <p className="saved" role="status">
          Saved.
        </p>
      ) : null}
      {faulty > 0 ? (
        <div className="problem" role="alert">
          <p className="problem-sentence">
            {faulty === 1
              ? "One field was not taken, so nothing was saved."
              : `${faulty} fields were not taken, so nothing was saved.`}
          </p>
        </div>
      ) : null}
      {view.note ? <p className="field-note">{view.note}</p> : null}
      <div className="field-grid">{view.main.map(fieldOf)}</div>
      {/* A fold that the person has closed stays closed in a morphed page: a fault must not be in one. */}
      {unfold ? (
        more
      ) : (
        <details
          className="more"
          id="more-options"
          open={view.more.some(({ value }) => value !== "")}
        >
          <summary>More options</summary>
          {more}
        </details>
      )}
      <div className="fields-end">
        <button className="button primary" type="submit">
          Save
        </button>
      </div>
    </form>
  );
}

function fieldOf(field: FieldView) {
  return <Field key={field.name} view={field} />;
}
