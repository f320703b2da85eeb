import { AutoRefresh } from "./auto-refresh";
import { ConversationEntry, type ConversationLink, STATE_WORDS } from "./conversation-entry";
import { ConversationMenu, type ConversationMenuView } from "./conversation-menu";
import { groupConversations } from "./group-by-day";
import { Timestamp } from "./timestamp";

/** One row of the list of all conversations. */
export interface ConversationRowView extends ConversationLink {
  /** The model that answered last. */
  model?: string;
  menu: ConversationMenuView;
}

interface ConversationListProps {
  conversations: ConversationRowView[];
  now: number;
  /** Whether these are the archived ones. */
  archived: boolean;
  /** The page with the other kind: of the archive, or back from it. */
  others: string;
  /** The page with the conversations before these. */
  older?: string;
  /** Where this page of the list can be had anew, while something about it is about to change. */
  again?: string;
  /** The page of what goes out and comes in. */
  transfer: string;
}

const LIST_ID = "conversation-list";

/** All conversations: pinned ones, then the latest first, a page at a time. */
export function ConversationList({
  conversations,
  now,
  archived,
  others,
  older,
  again,
  transfer,
}: ConversationListProps) {
  return (
    <div className="conversation-list" id={LIST_ID}>
      {again ? <AutoRefresh href={again} target={`#${LIST_ID}`} /> : null}
      <p className="list-links">
        <a href={others}>{archived ? "All conversations" : "Archived conversations"}</a>
      </p>
      {conversations.length === 0 ? (
        <p className="nothing">
          {archived ? "Nothing is archived." : "No conversations yet. Ask something to begin one."}
        </p>
      ) : null}
      {groupConversations(conversations, now).map((group) => (
        <section key={group.name}>
          <h2>{group.name}</h2>
          <ol>
            {group.items.map((conversation) => (
              <li key={conversation.id} id={`row-${conversation.id}`}>
                <ConversationEntry conversation={conversation} />
                {STATE_WORDS[conversation.state] ? (
                  // Heard already: the link begins with it.
                  <span className="row-state" aria-hidden="true">
                    {STATE_WORDS[conversation.state]}
                  </span>
                ) : null}
                {conversation.model ? (
                  <span className="row-model">{conversation.model}</span>
                ) : null}
                <Timestamp at={conversation.updatedAt} now={now} />
                <ConversationMenu view={conversation.menu} />
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
      <p className="list-links">
        <a href={transfer}>Import and export</a>
      </p>
    </div>
  );
}
