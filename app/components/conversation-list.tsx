import type { ReactNode } from "react";
import { AutoRefresh } from "./auto-refresh";
import { LINK_LOOK } from "./button";
import { ConversationEntry, type ConversationLink, STATE_WORDS } from "./conversation-entry";
import { ConversationMenu, type ConversationMenuView } from "./conversation-menu";
import { groupConversations } from "./group-by-day";
import { Timestamp } from "./timestamp";

export interface ConversationRowView extends ConversationLink {
  model?: string;
  menu: ConversationMenuView;
}

export interface ConversationListView {
  conversations: ConversationRowView[];
  now: number;
  archived: boolean;
  /** The archive; on the archive, all conversations. */
  others: string;
  older?: string;
  /** The address of an updated list; present while an answer is live or queued. */
  again?: string;
  transfer: string;
}

const LIST_ID = "conversation-list";

/** A page of conversations: pinned first, then newest first. */
export function ConversationList(props: ConversationListView) {
  const { conversations, now, archived, others, older, again, transfer } = props;
  return (
    <div className="conversation-list" id={LIST_ID}>
      {again ? <AutoRefresh href={again} target={`#${LIST_ID}`} /> : null}
      <ListLink href={others}>{archived ? "All conversations" : "Archived conversations"}</ListLink>
      {conversations.length === 0 ? (
        <p className="text-quiet">
          {archived ? "Nothing is archived." : "No conversations yet. Ask something to begin one."}
        </p>
      ) : null}
      {groupConversations(conversations, now).map(({ name, items }) => (
        <section key={name}>
          <h2 className="pb-2 pt-6 text-xs font-semibold text-quiet">{name}</h2>
          <ol>
            {items.map((conversation) => (
              <ConversationRow key={conversation.id} conversation={conversation} now={now} />
            ))}
          </ol>
        </section>
      ))}
      {older ? (
        <a className="older" href={older}>
          Older
        </a>
      ) : null}
      <ListLink href={transfer} className={conversations.length > 0 ? "mt-6" : ""}>
        Import and export
      </ListLink>
    </div>
  );
}

/** Styled in list.css: utilities would repeat in every row. */
function ConversationRow({
  conversation,
  now,
}: {
  conversation: ConversationRowView;
  now: number;
}) {
  const state = STATE_WORDS[conversation.state];
  return (
    <li id={`row-${conversation.id}`}>
      <ConversationEntry conversation={conversation} />
      {state ? (
        <span className="row-state" aria-hidden="true">
          {state}
        </span>
      ) : null}
      {conversation.model ? <span className="row-model">{conversation.model}</span> : null}
      <Timestamp at={conversation.updatedAt} now={now} />
      <ConversationMenu view={conversation.menu} />
    </li>
  );
}

interface ListLinkProps {
  href: string;
  className?: string;
  children: ReactNode;
}

function ListLink({ href, className = "mt-3", children }: ListLinkProps) {
  return (
    <p className={`flex text-sm ${className}`}>
      <a className={`inline-flex items-center ${LINK_LOOK}`} href={href}>
        {children}
      </a>
    </p>
  );
}
