import type { AlternativesView } from "./views";

/** Which of several alternatives this is, with links to its neighbours. */
export function Alternatives({ view }: { view: AlternativesView }) {
  return (
    <p className="alternatives">
      <Step href={view.previous} sign="‹" name="Previous alternative" />
      <span>
        <span className="sr-only">Alternative </span>
        {view.index} / {view.count}
      </span>
      <Step href={view.next} sign="›" name="Next alternative" />
    </p>
  );
}

function Step({ href, sign, name }: { href: string | undefined; sign: string; name: string }) {
  if (!href) {
    return (
      <span className="step" aria-hidden="true">
        {sign}
      </span>
    );
  }
  return (
    <a className="step" href={href} aria-label={name}>
      {sign}
    </a>
  );
}
