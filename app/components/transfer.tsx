import type { Problem } from "~/errors";
import type { ImportView } from "./import-report";
import { ProblemNote } from "./problem-note";
import { Timestamp } from "./timestamp";

/** The page of what goes out and comes in. */
export interface TransferView {
  everything: string;
  action: string;
  /** The latest imports. */
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

/** What goes out and what comes in: the archive of everything, and the form that takes a file. */
export function Transfer({ view }: { view: TransferView }) {
  const problemId = "import-problem";

  return (
    <div className="transfer">
      <section>
        <h2>Export</h2>
        <p>
          All conversations with their branches and files, as JSON and, to be read, as Markdown.
          What is archived is in it, what is deleted is not. One conversation alone is saved from
          its own menu.
        </p>
        <p>
          {/* Saved, not shown: nothing for htmx to put into the page. */}
          <a className="button" href={view.everything} download hx-boost="false">
            Download everything
          </a>
        </p>
      </section>
      <section>
        <h2>Import</h2>
        <p>
          What comes in is added to what is here, and what is here already stays as it is: to import
          a file twice does no harm.
        </p>
        <form
          className="import-form"
          method="post"
          action={view.action}
          encType="multipart/form-data"
          hx-boost="false"
        >
          {view.problem ? <ProblemNote problem={view.problem} id={problemId} /> : null}
          <label htmlFor="import-file">File</label>
          <p className="field-hint" id="import-hint">
            From Parley: the archive, or a conversation as JSON. From ChatGPT: the archive, or{" "}
            <code>conversations.json</code> out of it. From Open WebUI: the JSON of all
            conversations or of one. At most 64 MiB.
          </p>
          <input
            id="import-file"
            type="file"
            name="file"
            required
            accept=".json,.zip,application/json,application/zip"
            aria-invalid={view.problem ? true : undefined}
            aria-describedby={view.problem ? `${problemId} import-hint` : "import-hint"}
          />
          <button className="button primary" type="submit">
            Import
          </button>
        </form>
      </section>
      {view.imports.length > 0 ? (
        <section>
          <h2>Latest imports</h2>
          <ul className="import-list">
            {view.imports.map(({ id, href, fileName, state, at }) => (
              <li key={id}>
                <a href={href} dir="auto">
                  {fileName}
                </a>
                <span>{STATES[state]}</span>
                <Timestamp at={at} now={view.now} />
              </li>
            ))}
          </ul>
        </section>
      ) : null}
    </div>
  );
}
