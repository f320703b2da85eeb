import type { AlternativesView } from "./views";

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
