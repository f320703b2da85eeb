/** `2 / 3` with forms that go to the neighbours; absent where a message has no alternatives. */
export interface AlternativesView {
  index: number;
  count: number;
  /** Actions of the forms. */
  previous?: string;
  next?: string;
  /** What the forms say of the alternative that is shown: its id, and the end of its branch where known. */
  from: string;
  leaf?: string;
}

/** Which of several alternatives this is, with small forms that go to its neighbours. */
export function Alternatives({ view }: { view: AlternativesView }) {
  return (
    <div className="alternatives">
      <Step view={view} action={view.previous} sign="‹" name="Previous alternative" />
      <span>
        <span className="sr-only">Alternative </span>
        {view.index} / {view.count}
      </span>
      <Step view={view} action={view.next} sign="›" name="Next alternative" />
    </div>
  );
}

interface StepProps {
  view: AlternativesView;
  action: string | undefined;
  sign: string;
  name: string;
}

function Step({ view, action, sign, name }: StepProps) {
  if (!action) {
    return (
      <span className="step" aria-hidden="true">
        {sign}
      </span>
    );
  }
  return (
    <form method="post" action={action}>
      <input type="hidden" name="from" value={view.from} />
      {view.leaf ? <input type="hidden" name="leaf" value={view.leaf} /> : null}
      <button className="step" type="submit" aria-label={name}>
        {sign}
      </button>
    </form>
  );
}
