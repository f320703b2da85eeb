import type { ReactNode } from "react";
import type { Problem } from "~/errors";
import { Button, ButtonLink } from "./button";
import { Field, type FieldView } from "./field";
import { BackLink, Confirmation, FieldsForm, FormEnd } from "./form";
import { ProblemNote } from "./problem-note";
import { Sections } from "./section";

export interface PromptListView {
  prompts: {
    id: string;
    title: string;
    beginning: string;
    use: string;
    /** True if it has placeholders. */
    asks: boolean;
    edit: string;
    delete: string;
  }[];
  add: string;
  back?: string;
  more?: string;
}

export interface PromptFormView {
  action: string;
  cancel: string;
  problem?: Problem;
  fields: FieldView[];
}

export interface PromptUseView {
  title: string;
  action: string;
  cancel: string;
  fields: FieldView[];
  segments: ({ text: string } | { name: string })[];
}

export function SavedPrompts({ view }: { view: PromptListView }) {
  return (
    <Sections>
      {view.back ? <BackLink href={view.back}>Back to the conversation</BackLink> : null}
      <p>
        <ButtonLink href={view.add}>New prompt</ButtonLink>
      </p>
      {view.prompts.length === 0 ? (
        <p className="text-quiet">
          Nothing saved yet. A saved prompt is a text to start from, with places to fill in.
        </p>
      ) : (
        <ul>
          {view.prompts.map((prompt) => (
            <SavedPrompt key={prompt.id} prompt={prompt} />
          ))}
        </ul>
      )}
      {view.more ? (
        <a className="older" href={view.more}>
          More prompts
        </a>
      ) : null}
    </Sections>
  );
}

function SavedPrompt({ prompt }: { prompt: PromptListView["prompts"][number] }) {
  const use = `Use ${prompt.title}`;
  return (
    <li className="border-t border-line py-4">
      <h2 className="mb-1 font-semibold" dir="auto">
        {prompt.title}
      </h2>
      <PromptText>{prompt.beginning}</PromptText>
      <div className="mt-2 flex flex-wrap items-center gap-x-2 gap-y-1">
        {prompt.asks ? (
          <ButtonLink href={prompt.use} aria-label={use}>
            Use
          </ButtonLink>
        ) : (
          <form method="post" action={prompt.use}>
            <Button aria-label={use}>Use</Button>
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
  );
}

function PromptText({ children }: { children: ReactNode }) {
  return (
    <p className="wrap-anywhere whitespace-pre-wrap text-md text-quiet" dir="auto">
      {children}
    </p>
  );
}

export function PromptForm({ view }: { view: PromptFormView }) {
  return <Fields view={view} label="Save" />;
}

/** Fills in the placeholders, with a preview. */
export function PromptUse({ view }: { view: PromptUseView }) {
  return (
    <Fields view={view} label="Put into the composer">
      <section className="preview">
        <h2 className="mb-1 text-md font-medium">The prompt</h2>
        <PromptText>
          {view.segments.map((segment, index) =>
            "name" in segment ? (
              // biome-ignore lint/suspicious/noArrayIndexKey: the segments do not change.
              <mark key={index}>{segment.name}</mark>
            ) : (
              segment.text
            ),
          )}
        </PromptText>
      </section>
    </Fields>
  );
}

interface FieldsProps {
  view: PromptFormView;
  label: string;
  children?: ReactNode;
}

function Fields({ view, label, children }: FieldsProps) {
  return (
    <FieldsForm action={view.action}>
      {view.problem ? <ProblemNote problem={view.problem} /> : null}
      {view.fields.map((field) => (
        <Field key={field.name} view={field} />
      ))}
      {children}
      <FormEnd label={label} cancel={view.cancel} />
    </FieldsForm>
  );
}

export function PromptDeletion({
  view: { title, action, cancel },
}: {
  view: { title: string; action: string; cancel: string };
}) {
  return (
    <Confirmation
      action={action}
      cancel={cancel}
      question="Delete this saved prompt? Conversations that began with it stay. This cannot be undone."
      text={title}
      label="Delete it"
    />
  );
}
