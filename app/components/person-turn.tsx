import { Alternatives } from "./alternatives";
import { AnswerAction } from "./answer-action";
import { Files } from "./files";
import { MessageForm } from "./message-form";
import { MessageHeading } from "./message-heading";
import type { PersonTurn as PersonTurnView } from "./views";

// About fifteen lines of a phone or of the measure: more than that would push the answer off the screen.
const LONG_TEXT = 1200;
const LONG_LINES = 15;

const SPEAKERS = { user: "You", system: "Instructions", tool: "Tool" };

/** What the person wrote, as written, and what may be done with it; or the form where it is put anew. */
export function PersonTurn({ turn }: { turn: PersonTurnView }) {
  const { id, editing } = turn;
  return (
    <article className={`message ${turn.role === "user" ? "person" : "system"}`} id={`m-${id}`}>
      <MessageHeading>{SPEAKERS[turn.role]}</MessageHeading>
      {turn.files ? <Files files={turn.files} /> : null}
      {editing ? (
        <MessageForm id={id} form={editing} prompt={turn.text} mayBeEmpty={Boolean(turn.files)} />
      ) : (
        <>
          {turn.text === "" ? null : <TurnText text={turn.text} />}
          <TurnFoot turn={turn} />
        </>
      )}
    </article>
  );
}

/** A very long text is cut by style alone, so it stays findable. */
function TurnText({ text }: { text: string }) {
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

function TurnFoot({ turn: { alternatives, actions } }: { turn: PersonTurnView }) {
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
