import type { ReactNode } from "react";
import type { Problem } from "~/errors";
import { Button, ButtonLink, LINK_LOOK } from "./button";
import type { ImportView } from "./import-report";
import { ProblemNote } from "./problem-note";
import { Timestamp } from "./timestamp";

export interface TransferView {
  everything: string;
  action: string;
  imports: { id: string; href: string; fileName: string; state: ImportView["state"]; at: number }[];
  now: number;
  problem?: Problem;
}

const STATES: Record<ImportView["state"], string> = {
  running: "going on",
  finished: "finished",
  failed: "failed",
  interrupted: "interrupted",
};

export function Transfer({ view }: { view: TransferView }) {
  return (
    <div className="flex flex-col gap-8">
      <Part title="Export">
        <p>
          All conversations with their branches and files, as JSON and, to be read, as Markdown.
          What is archived is in it, what is deleted is not. One conversation alone is saved from
          its own menu.
        </p>
        <p>
          {/* htmx must not intercept a download. */}
          <ButtonLink href={view.everything} download hx-boost="false">
            Download everything
          </ButtonLink>
        </p>
      </Part>
      <Part title="Import">
        <p>
          What comes in is added to what is here, and what is here already stays as it is: to import
          a file twice does no harm.
        </p>
        <ImportForm action={view.action} problem={view.problem} />
      </Part>
      {view.imports.length > 0 ? <LatestImports imports={view.imports} now={view.now} /> : null}
    </div>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="flex flex-col gap-3">
      <h2 className="text-xl font-semibold">{title}</h2>
      {children}
    </section>
  );
}

const FILE_LOOK =
  "max-w-full rounded-surface border border-edge bg-raised p-3 text-md file:me-3 file:min-h-8 file:rounded-control file:border file:border-solid file:border-edge file:bg-paper file:px-3 file:py-0 file:text-ink file:[font:inherit]";

function ImportForm({ action, problem }: Pick<TransferView, "action" | "problem">) {
  const problemId = "import-problem";
  return (
    <form
      className="flex flex-col gap-2"
      method="post"
      action={action}
      encType="multipart/form-data"
      hx-boost="false"
    >
      {problem ? <ProblemNote problem={problem} id={problemId} /> : null}
      <label className="font-semibold" htmlFor="import-file">
        File
      </label>
      <p className="text-sm text-quiet" id="import-hint">
        From Parley: the archive, or a conversation as JSON. From ChatGPT: the archive, or{" "}
        <code>conversations.json</code> out of it. From Open WebUI: the JSON of all conversations or
        of one. At most 64 MiB.
      </p>
      <input
        className={FILE_LOOK}
        id="import-file"
        type="file"
        name="file"
        required
        accept=".json,.zip,application/json,application/zip"
        aria-invalid={problem ? true : undefined}
        aria-describedby={problem ? `${problemId} import-hint` : "import-hint"}
      />
      <Button look="primary" className="self-start">
        Import
      </Button>
    </form>
  );
}

function LatestImports({ imports, now }: Pick<TransferView, "imports" | "now">) {
  return (
    <Part title="Latest imports">
      <ul>
        {imports.map(({ id, href, fileName, state, at }) => (
          <li
            className="flex flex-wrap items-center gap-x-4 border-t border-line py-2 text-sm text-quiet"
            key={id}
          >
            <a
              className={`wrap-anywhere min-w-0 flex-[1_1_12rem] text-base ${LINK_LOOK}`}
              href={href}
              dir="auto"
            >
              {fileName}
            </a>
            <span>{STATES[state]}</span>
            <Timestamp at={at} now={now} />
          </li>
        ))}
      </ul>
    </Part>
  );
}
