import type { ReactNode } from "react";
import type { Problem } from "~/errors";
import { Field, type FieldView } from "./field";
import { ProblemNote } from "./problem-note";

export interface PromptListView {
  prompts: {
    id: string;
    title: string;
    beginning: string;
    use: string;
    /** Something is to be filled in first. */
    asks: boolean;
    edit: string;
    delete: string;
  }[];
  add: string;
  /** The conversation that one comes from. */
  back?: string;
  more?: string;
}

export interface PromptFormView {
  action: string;
  cancel: string;
  /** Why nothing could be saved. */
  problem?: Problem;
  fields: FieldView[];
}

export interface PromptUseView {
  title: string;
  action: string;
  cancel: string;
  fields: FieldView[];
  /** The text, cut at its places. */
  pieces: ({ text: string } | { name: string })[];
}

/** The library of prompts to start from. */
export function SavedPrompts({ view }: { view: PromptListView }) {
  return (
    <div className="settings">
      {view.back ? (
        <p>
          <a className="back" href={view.back}>
            <span aria-hidden="true">‹ </span>Back to the conversation
          </a>
        </p>
      ) : null}
      <p>
        <a className="button" href={view.add}>
          New prompt
        </a>
      </p>
      {view.prompts.length === 0 ? (
        <p className="nothing">
          Nothing saved yet. A saved prompt is a text to start from, with places to fill in.
        </p>
      ) : (
        <ul className="saved-prompts">
          {view.prompts.map((prompt) => (
            <li key={prompt.id}>
              <h2 dir="auto">{prompt.title}</h2>
              <p className="saved-text" dir="auto">
                {prompt.beginning}
              </p>
              <div className="saved-actions">
                {prompt.asks ? (
                  <a className="button" href={prompt.use} aria-label={`Use ${prompt.title}`}>
                    Use
                  </a>
                ) : (
                  <form method="post" action={prompt.use}>
                    <button className="button" type="submit" aria-label={`Use ${prompt.title}`}>
                      Use
                    </button>
                  </form>
                )}
                <a className="quiet" href={prompt.edit} aria-label={`Edit ${prompt.title}`}>
                  Edit
                </a>
                <a className="quiet" href={prompt.delete} aria-label={`Delete ${prompt.title}`}>
                  Delete
                </a>
              </div>
            </li>
          ))}
        </ul>
      )}
      {view.more ? (
        <a className="older" href={view.more}>
          More prompts
        </a>
      ) : null}
    </div>
  );
}

/** A saved prompt to change, or a new one. */
export function PromptForm({ view }: { view: PromptFormView }) {
  return <FieldsForm view={view} does="Save" />;
}

/** What is to be filled in, and where it goes. */
export function PromptUse({ view }: { view: PromptUseView }) {
  return (
    <FieldsForm view={view} does="Put into the composer">
      <section className="preview">
        <h2>The prompt</h2>
        <p className="saved-text" dir="auto">
          {view.pieces.map((piece, index) =>
            "name" in piece ? (
              // biome-ignore lint/suspicious/noArrayIndexKey: pieces do not move.
              <mark key={index}>{piece.name}</mark>
            ) : (
              piece.text
            ),
          )}
        </p>
      </section>
    </FieldsForm>
  );
}

interface FieldsFormProps {
  view: PromptFormView;
  /** What its button says. */
  does: string;
  children?: ReactNode;
}

/** Fields, what follows them, and the two ways out. */
function FieldsForm({ view, does, children }: FieldsFormProps) {
  return (
    <form className="fields" method="post" action={view.action}>
      {view.problem ? <ProblemNote problem={view.problem} /> : null}
      {view.fields.map((field) => (
        <Field key={field.name} view={field} />
      ))}
      {children}
      <div className="fields-end">
        <button className="button primary" type="submit">
          {does}
        </button>
        <a className="button" href={view.cancel}>
          Cancel
        </a>
      </div>
    </form>
  );
}

/** The question before a saved prompt goes. */
export function PromptDeletion({
  view,
}: {
  view: { title: string; action: string; cancel: string };
}) {
  return (
    <form className="confirmation" method="post" action={view.action}>
      <p>Delete this saved prompt? Conversations that began with it stay. This cannot be undone.</p>
      <blockquote dir="auto">{view.title}</blockquote>
      <div className="confirmation-row">
        <button className="button alarming" type="submit">
          Delete it
        </button>
        <a className="button" href={view.cancel}>
          Keep
        </a>
      </div>
    </form>
  );
}
