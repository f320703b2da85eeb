import type { ReactNode } from "react";
import { Button } from "./button";
import { type ModelChoice, ModelPicker } from "./model-picker";

export function Actions({ className = "", children }: { className?: string; children: ReactNode }) {
  return (
    <div className={`actions flex flex-wrap items-center gap-x-1 ${className}`.trim()}>
      {children}
    </div>
  );
}

interface AnswerActionProps {
  action: string;
  prominent?: boolean;
  meaning: string;
  models?: ModelChoice[];
  leaf?: string;
  children: ReactNode;
}

export function AnswerAction({
  action,
  prominent = false,
  meaning,
  models,
  leaf,
  children,
}: AnswerActionProps) {
  return (
    <form className="answer-action" method="post" action={action}>
      {leaf ? <input type="hidden" name="leaf" value={leaf} /> : null}
      {models?.length ? <ModelPicker id={`model-for-${action}`} models={models} /> : null}
      {prominent ? (
        <Button title={meaning}>{children}</Button>
      ) : (
        <button className="quiet" type="submit" title={meaning}>
          {children}
        </button>
      )}
    </form>
  );
}

export function DeleteLink({ href }: { href: string }) {
  return (
    <a className="quiet" href={href} title="Delete this and all that follows">
      Delete
    </a>
  );
}

export interface AlternativesView {
  index: number;
  count: number;
  previous?: string;
  next?: string;
  from: string;
  leaf?: string;
}

export function Alternatives({
  view,
  className = "",
}: {
  view: AlternativesView;
  className?: string;
}) {
  return (
    <div
      className={`alternatives flex flex-wrap items-center text-xs text-quiet tabular-nums ${className}`}
    >
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

const STEP_LOOK =
  "inline-flex min-h-7 min-w-7 items-center justify-center rounded-control text-xl touch:min-h-11 touch:min-w-11";

function Step({ view, action, sign, name }: StepProps) {
  if (!action) {
    return (
      <span className={`${STEP_LOOK} text-line`} aria-hidden="true">
        {sign}
      </span>
    );
  }
  return (
    <form method="post" action={action}>
      <input type="hidden" name="from" value={view.from} />
      {view.leaf ? <input type="hidden" name="leaf" value={view.leaf} /> : null}
      <button className={`${STEP_LOOK} hover:text-ink`} type="submit" aria-label={name}>
        {sign}
      </button>
    </form>
  );
}
