import { AutoRefresh } from "./auto-refresh";
import { ConversationEntry, type ConversationLink } from "./conversation-entry";
import { groupConversations } from "./group-by-day";
import { Icon, Wordmark } from "./icon";
import { KeysButton } from "./keys-sheet";
import { popoverAt, popoverButton } from "./popover";
import { SearchBox } from "./search-box";
import { type Theme, ThemeSwitch } from "./theme-switch";

export interface SidebarGroupsView {
  conversations: ConversationLink[];
  now: number;
  /** The address of an updated list; present while an answer is live or queued. */
  again?: string;
}

export interface SidebarView extends SidebarGroupsView {
  /** The button for the list of keys: hidden until script shows it, absent for text browsers. */
  keys?: "shown" | "hidden";
  typed: string;
  theme: Theme;
}

export const SIDEBAR_ID = "sidebar";
const GROUPS_ID = "sidebar-groups";

const ROW_LOOK = "flex items-center rounded-control px-2 hover:bg-hover tap";

/** The navigation of every page: a popover on a phone, a column from 900 px. */
export function Sidebar({ base, view }: { base: string; view: SidebarView }) {
  return (
    <nav
      className="sidebar m-0 flex w-auto flex-col gap-3 border-0 border-e border-line bg-sunken px-3 pb-3 pt-2 text-sm text-ink"
      aria-label="Conversations"
      {...popoverAt(SIDEBAR_ID)}
    >
      <SidebarHead base={base} />
      <SearchBox
        action={`${base}/conversations`}
        typed={view.typed}
        id="search"
        name="Search from the column"
      />
      <div className="-mx-1 min-h-0 flex-1 overflow-y-auto px-1 [scrollbar-width:thin]">
        <a
          className={`new-link min-h-9 gap-2 font-medium ${ROW_LOOK} [&>svg]:-ms-0.5 [&>svg]:text-accent`}
          href={`${base}/`}
        >
          <Icon name="plus" />
          New conversation
        </a>
        <SidebarGroups {...view} />
        <a
          className={`all-link mt-4 min-h-8 text-quiet ${ROW_LOOK}`}
          href={`${base}/conversations`}
        >
          All conversations
        </a>
      </div>
      <a className={`min-h-8 ${ROW_LOOK}`} href={`${base}/settings`}>
        Settings
      </a>
      {view.keys ? <KeysButton hidden={view.keys === "hidden"} /> : null}
      <ThemeSwitch base={base} theme={view.theme} />
    </nav>
  );
}

function SidebarHead({ base }: { base: string }) {
  return (
    <div className="flex min-h-11 items-center justify-between">
      <a className="px-2 py-1.5 text-lg tap" href={`${base}/`} aria-label="parley, home">
        <Wordmark />
      </a>
      <button
        type="button"
        className="icon-button wide:hidden"
        {...popoverButton(SIDEBAR_ID, "hide")}
      >
        <Icon name="close" />
        <span className="sr-only">Close</span>
      </button>
    </div>
  );
}

/** The newest conversations: the part that refreshes itself during an answer. */
export function SidebarGroups({ conversations, now, again }: SidebarGroupsView) {
  return (
    <div id={GROUPS_ID}>
      {again ? <AutoRefresh href={again} target={`#${GROUPS_ID}`} /> : null}
      {groupConversations(conversations, now).map((group) => (
        <section key={group.name}>
          <h2 className="px-2 pb-1 pt-5 text-2xs font-semibold text-quiet">{group.name}</h2>
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
