import { type MeasuredAnswer, metrics } from "./answer-stats";

/** All that the host reported of an answer, folded. */
export function Metrics({ answer }: { answer: MeasuredAnswer }) {
  const rows = metrics(answer);
  if (rows.length === 0) return null;
  return (
    <details className="metrics" id={`metrics-${answer.id}`}>
      <summary>Details</summary>
      <dl>
        {rows.map(([name, figure]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{figure}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}
