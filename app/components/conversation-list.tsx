import { ConversationEntry } from "./conversation-entry";
import { groupByDay } from "./group-by-day";
import type { ConversationLink } from "./views";

interface ConversationListProps {
  conversations: ConversationLink[];
  now: number;
  /** The page with the conversations before these. */
  older?: string | undefined;
}

/** All conversations, latest first, a page at a time. */
export function ConversationList({ conversations, now, older }: ConversationListProps) {
  if (conversations.length === 0) return <p className="nothing">No conversations yet.</p>;

  return (
    <div className="conversation-list">
      {groupByDay(conversations, now).map((day) => (
        <section key={day.name}>
          <h2>{day.name}</h2>
          <ol>
            {day.items.map((conversation) => (
              <li key={conversation.id}>
                <ConversationEntry conversation={conversation} />
                <Time at={conversation.updatedAt} clock={day.name !== "Earlier"} />
              </li>
            ))}
          </ol>
        </section>
      ))}
      {older ? (
        <a className="older" href={older}>
          Older
        </a>
      ) : null}
    </div>
  );
}

/** The hour for what is recent, the date for the rest. */
function Time({ at, clock }: { at: number; clock: boolean }) {
  const { hour, date } = formats();
  return <time dateTime={new Date(at).toISOString()}>{(clock ? hour : date).format(at)}</time>;
}

let built: ReturnType<typeof buildFormats> | undefined;

/** Built when a time is first shown: the system's tables take milliseconds, which a start can do without. */
function formats() {
  built ??= buildFormats();
  return built;
}

function buildFormats() {
  return {
    hour: new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit" }),
    date: new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", year: "numeric" }),
  };
}
