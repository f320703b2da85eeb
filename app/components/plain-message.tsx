import { Alternatives, type AlternativesView } from "./alternatives";
import { AnswerAction } from "./answer-action";
import { Files, type FileView } from "./files";
import { MessageForm, type MessageFormView } from "./message-form";
import { MessageHeading } from "./message-heading";

export interface PlainMessageView {
  /** `tool`: what a tool gave back, in a conversation that was imported. */
  role: "user" | "system" | "tool";
  id: string;
  text: string;
  files?: FileView[];
  alternatives?: AlternativesView;
  /** Present where the person may act on it; `answer` where it has none yet. */
  actions?: { edit?: string; delete: string; answer?: string };
  /** It is being put in other words, which stand in `text`. */
  editing?: MessageFormView;
}

// About fifteen lines of a phone or of the measure: more than that would push the answer off the screen.
const LONG_TEXT = 1200;
const LONG_LINES = 15;

const SPEAKERS = { user: "You", system: "Instructions", tool: "Tool" };

/** What the person wrote, as written, and what may be done with it; or the form where it is put anew. */
export function PlainMessage({ message }: { message: PlainMessageView }) {
  const { id, editing } = message;
  return (
    <article className={`message ${message.role === "user" ? "person" : "system"}`} id={`m-${id}`}>
      <MessageHeading>{SPEAKERS[message.role]}</MessageHeading>
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
    </article>
  );
}

/** A very long text is cut by style alone, so it stays findable. */
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
          <a className="quiet" href={actions.delete} title="Delete this and all that follows">
            Delete
          </a>
        </div>
      ) : null}
    </div>
  );
}

function isLong(text: string) {
  return text.length > LONG_TEXT || text.split("\n").length > LONG_LINES;
}
