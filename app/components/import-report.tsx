import type { Problem } from "~/errors";
import { ButtonLink, LINK_LOOK } from "./button";
import { ProblemNote } from "./problem-note";

export interface ImportView {
  fileName: string;
  state: "running" | "finished" | "failed" | "interrupted";
  total?: number;
  done: number;
  added: number;
  skipped: { title: string; reason: string }[];
  problem?: Problem;
}

/** As many as transfer/imports.ts keeps. */
const MAX_LISTED = 1_000;

interface ImportReportProps {
  view: ImportView;
  /** The page's own address, if it refreshes itself. */
  self?: string;
  list: string;
  again: string;
}

export function ImportReport({ view, self, list, again }: ImportReportProps) {
  const { state, fileName, done, added, skipped, problem } = view;

  return (
    <div
      className="flex flex-col gap-3"
      data-state={state}
      {...(state === "running" && self ? poll(self) : {})}
    >
      <p className="wrap-anywhere text-quiet" dir="auto">
        {fileName}
      </p>
      {state === "running" ? <Progress view={view} /> : null}
      {problem ? <ProblemNote problem={problem} /> : null}
      {state === "interrupted" ? (
        <p>
          Parley was ended before the import was. Send the file again: what is here already is not
          taken twice.
        </p>
      ) : null}
      {state === "finished" || (state !== "running" && added > 0) ? (
        <Result done={done} added={added} />
      ) : null}
      {skipped.length > 0 ? <Skipped skipped={skipped} /> : null}
      {state === "running" ? null : (
        <p className="mt-3 flex flex-wrap items-center gap-x-6 gap-y-3">
          <ButtonLink href={list}>To the conversations</ButtonLink>
          <a className={LINK_LOOK} href={again}>
            Import another file
          </a>
        </p>
      )}
    </div>
  );
}

function poll(self: string) {
  return {
    "hx-get": self,
    "hx-trigger": "every 1s",
    "hx-target": "body",
    "hx-swap": "outerMorph",
  };
}

function Progress({ view: { done, total } }: { view: ImportView }) {
  return (
    <>
      <label htmlFor="import-progress">
        {total === undefined
          ? "Reading the file"
          : `${number(done)} of ${number(total)} conversations`}
      </label>
      <progress
        className="import-progress"
        id="import-progress"
        max={total ?? 1}
        value={total === undefined ? 0 : done}
      />
    </>
  );
}

function Result({ done, added }: { done: number; added: number }) {
  const left = done - added;

  return (
    <p>
      <strong>{added === 1 ? "1 conversation" : `${number(added)} conversations`}</strong> added
      {left > 0 ? `, ${number(left)} left out` : ""}.
    </p>
  );
}

function Skipped({ skipped }: { skipped: ImportView["skipped"] }) {
  return (
    <section>
      <h2 className="mb-2 text-xl font-semibold">Not taken, or not whole</h2>
      <dl>
        {skipped.map(({ title, reason }, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: titles are not unique, and the list only grows.
          <div className="skipped" key={index}>
            <dt dir="auto">{title}</dt>
            <dd>{reason}</dd>
          </div>
        ))}
      </dl>
      {skipped.length >= MAX_LISTED ? <p>Only the first {number(MAX_LISTED)} are listed.</p> : null}
    </section>
  );
}

function number(count: number): string {
  return count.toLocaleString("en-GB");
}
