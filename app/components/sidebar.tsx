import { AutoRefresh } from "./auto-refresh";
import { ConversationEntry, type ConversationLink } from "./conversation-entry";
import { groupConversations } from "./group-by-day";
import { Icon } from "./icon";
import { KeysButton } from "./keys-sheet";
import { popoverAt, popoverButton } from "./popover";
import { SearchBox } from "./search-box";
import { type Theme, ThemeSwitch } from "./theme-switch";
import { Wordmark } from "./wordmark";

/** The conversations in the column beside every page. */
export interface SidebarGroupsView {
  conversations: ConversationLink[];
  /** The moment of the request: "Today" and "Yesterday" are counted from it. */
  now: number;
  /** Where they can be had anew, while something about them is about to change. */
  again?: string;
}

/** What the column beside every page shows. */
export interface SidebarView extends SidebarGroupsView {
  /** Whether the sheet of keys is offered: hidden until script shows it, and absent for text browsers. */
  keys?: "shown" | "hidden";
  /** What its search box has: what the page was looked for with. */
  typed: string;
  theme: Theme;
}

export const SIDEBAR_ID = "sidebar";
const GROUPS_ID = "sidebar-groups";

/** The column beside every page: a popover on a phone, always there from 900 px. */
export function Sidebar({ base, view }: { base: string; view: SidebarView }) {
  return (
    <nav className="sidebar" aria-label="Conversations" {...popoverAt(SIDEBAR_ID)}>
      <div className="sidebar-head">
        <a className="home-link" href={`${base}/`} aria-label="parley, home">
          <Wordmark />
        </a>
        <button type="button" className="icon-button narrow" {...popoverButton(SIDEBAR_ID, "hide")}>
          <Icon name="close" />
          <span className="sr-only">Close</span>
        </button>
      </div>
      <SearchBox
        action={`${base}/conversations`}
        typed={view.typed}
        id="search"
        name="Search from the column"
      />
      <div className="sidebar-list">
        <a className="new-link" href={`${base}/`}>
          <Icon name="plus" />
          New conversation
        </a>
        <SidebarGroups {...view} />
        <a className="all-link" href={`${base}/conversations`}>
          All conversations
        </a>
      </div>
      <a className="settings-link" href={`${base}/settings`}>
        Settings
      </a>
      {view.keys ? <KeysButton hidden={view.keys === "hidden"} /> : null}
      <ThemeSwitch base={base} theme={view.theme} />
    </nav>
  );
}

/** The newest conversations in their groups: what changes while an answer is being written. */
export function SidebarGroups({ conversations, now, again }: SidebarGroupsView) {
  return (
    <div id={GROUPS_ID}>
      {again ? <AutoRefresh href={again} target={`#${GROUPS_ID}`} /> : null}
      {groupConversations(conversations, now).map((group) => (
        <section key={group.name}>
          <h2>{group.name}</h2>
          <ul>
            {group.items.map((conversation) => (
              <li key={conversation.id} id={`entry-${conversation.id}`}>
                <ConversationEntry conversation={conversation} />
              </li>
            ))}
          </ul>
        </section>
      ))}
    </div>
  );
}
