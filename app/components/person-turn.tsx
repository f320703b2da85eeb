import { Alternatives } from "./alternatives";
import { MessageHeading } from "./message-heading";
import type { PersonTurn as PersonTurnView } from "./views";

// About fifteen lines of a phone or of the measure: more than that would push the answer off the screen.
const LONG_TEXT = 1200;
const LONG_LINES = 15;

/** What the person wrote, as written. A very long text is cut by style alone, so it stays findable. */
export function PersonTurn({ turn }: { turn: PersonTurnView }) {
  return (
    <article
      className={`message ${turn.role === "user" ? "person" : "system"}`}
      id={`m-${turn.id}`}
    >
      <MessageHeading>{turn.role === "user" ? "You" : "Instructions"}</MessageHeading>
      <div className="turn">
        <div className="turn-text" dir="auto">
          {turn.text}
        </div>
        {isLong(turn.text) ? (
          <details className="turn-more">
            <summary>
              <span className="when-closed">Show all</span>
              <span className="when-open">Show less</span>
            </summary>
          </details>
        ) : null}
      </div>
      {turn.alternatives ? <Alternatives view={turn.alternatives} /> : null}
    </article>
  );
}

function isLong(text: string) {
  return text.length > LONG_TEXT || text.split("\n").length > LONG_LINES;
}
