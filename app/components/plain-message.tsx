import { Files, type FileView } from "./files";
import { Message } from "./message";
import {
  Actions,
  Alternatives,
  type AlternativesView,
  AnswerAction,
  DeleteLink,
} from "./message-actions";
import { MessageForm, type MessageFormView } from "./message-form";

export interface PlainMessageView {
  /** `tool`: a tool's result in an imported conversation. */
  role: "user" | "system" | "tool";
  id: string;
  text: string;
  files?: FileView[];
  alternatives?: AlternativesView;
  /** `answer`: present if the prompt has no answer. */
  actions?: { edit?: string; delete: string; answer?: string };
  editing?: MessageFormView;
}

// A longer prompt would push the answer off the screen.
const LONG_TEXT = 1200;
const LONG_LINES = 15;

const SPEAKERS = { user: "You", system: "Instructions", tool: "Tool" };

/** A message shown as plain text, or the form that edits it. */
export function PlainMessage({ message }: { message: PlainMessageView }) {
  const { id, editing } = message;
  return (
    <Message
      id={id}
      kind={message.role === "user" ? "person" : "system"}
      speaker={SPEAKERS[message.role]}
    >
      {message.files ? <Files files={message.files} atEnd={message.role === "user"} /> : null}
      {editing ? (
        <MessageForm
          id={id}
          form={editing}
          prompt={message.text}
          mayBeEmpty={Boolean(message.files)}
        />
      ) : (
        <>
          {message.text === "" ? null : <PlainText text={message.text} role={message.role} />}
          <PlainMessageFoot message={message} />
        </>
      )}
    </Message>
  );
}

const PERSON_LOOK =
  "turn ms-12 max-w-[min(100%,34rem)] rounded-surface border border-line bg-sunken px-4 py-2.5";
const SYSTEM_LOOK = "turn rounded-surface border border-line px-4 py-2.5 text-md text-quiet";

/** Long text is cut by CSS only, so that find-in-page still works. */
function PlainText({ text, role }: Pick<PlainMessageView, "text" | "role">) {
  return (
    <div className={role === "user" ? PERSON_LOOK : SYSTEM_LOOK}>
      <div className="turn-text whitespace-pre-wrap wrap-anywhere" dir="auto">
        {text}
      </div>
      {isLong(text) ? (
        <details className="turn-more group mt-1 text-sm text-accent">
          <summary>
            <span className="group-open:hidden">Show all</span>
            <span className="hidden group-open:inline">Show less</span>
          </summary>
        </details>
      ) : null}
    </div>
  );
}

function PlainMessageFoot({ message: { alternatives, actions } }: { message: PlainMessageView }) {
  if (!alternatives && !actions) return null;
  return (
    <div className="flex flex-wrap items-center justify-end gap-x-3">
      {alternatives ? <Alternatives view={alternatives} /> : null}
      {actions?.answer ? (
        <AnswerAction action={actions.answer} prominent meaning="Let the model answer this">
          Answer
        </AnswerAction>
      ) : null}
      {actions ? (
        <Actions className="-me-2">
          {actions.edit ? (
            <a className="quiet" href={actions.edit} data-edit title="Put this in other words">
              Edit
            </a>
          ) : null}
          <DeleteLink href={actions.delete} />
        </Actions>
      ) : null}
    </div>
  );
}

function isLong(text: string) {
  return text.length > LONG_TEXT || text.split("\n").length > LONG_LINES;
}
