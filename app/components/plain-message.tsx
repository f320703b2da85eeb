import { Files, type FileView } from "./files";
import { Message } from "./message";
import { Alternatives, type AlternativesView, AnswerAction, DeleteLink } from "./message-actions";
import { MessageForm, type MessageFormView } from "./message-form";

export interface PlainMessageView {
  /** `tool`: the result of a tool, in an imported conversation. */
  role: "user" | "system" | "tool";
  id: string;
  text: string;
  files?: FileView[];
  alternatives?: AlternativesView;
  /** Present if the person may act on it; `answer` if it has none yet. */
  actions?: { edit?: string; delete: string; answer?: string };
  /** Present while it is edited: `text` is then the edited text. */
  editing?: MessageFormView;
}

// Anything longer would push the answer off the screen.
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
      {message.files ? <Files files={message.files} /> : null}
      {editing ? (
        <MessageForm
          id={id}
          form={editing}
          prompt={message.text}
          mayBeEmpty={Boolean(message.files)}
        />
      ) : (
        <>
          {message.text === "" ? null : <PlainText text={message.text} />}
          <PlainMessageFoot message={message} />
        </>
      )}
    </Message>
  );
}

/** A very long text is cut by style only, so the browser still finds words in it. */
function PlainText({ text }: { text: string }) {
  return (
    <div className="turn">
      <div className="turn-text" dir="auto">
        {text}
      </div>
      {isLong(text) ? (
        <details className="turn-more">
          <summary>
            <span className="when-closed">Show all</span>
            <span className="when-open">Show less</span>
          </summary>
        </details>
      ) : null}
    </div>
  );
}

function PlainMessageFoot({ message: { alternatives, actions } }: { message: PlainMessageView }) {
  if (!alternatives && !actions) return null;
  return (
    <div className="turn-foot">
      {alternatives ? <Alternatives view={alternatives} /> : null}
      {actions?.answer ? (
        <AnswerAction action={actions.answer} look="button" meaning="Let the model answer this">
          Answer
        </AnswerAction>
      ) : null}
      {actions ? (
        <div className="actions">
          {actions.edit ? (
            <a className="quiet" href={actions.edit} data-edit title="Put this in other words">
              Edit
            </a>
          ) : null}
          <DeleteLink href={actions.delete} />
        </div>
      ) : null}
    </div>
  );
}

function isLong(text: string) {
  return text.length > LONG_TEXT || text.split("\n").length > LONG_LINES;
}
