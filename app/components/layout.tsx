import type { ReactNode } from "react";
import { DeletedNotice, type DeletedView } from "./deleted-notice";
import { Icon } from "./icon";
import { KeysSheet } from "./keys-sheet";
import { popoverButton } from "./popover";
import { SIDEBAR_ID, Sidebar, type SidebarView } from "./sidebar";
import { Wordmark } from "./wordmark";

interface LayoutProps {
  /** The base path without its last slash: "" or "/parley". */
  base: string;
  sidebar: SidebarView;
  /** The page's h1; without it the page brings its own, as the empty home does. */
  title?: string;
  /** `conversation` is a column of messages with the composer at its foot, `page` a column of text. */
  place: "home" | "conversation" | "page";
  /** What stands at the right of the title. */
  actions?: ReactNode;
  /** What was deleted a moment ago. */
  deleted?: DeletedView;
  children: ReactNode;
}

/** Every page: skip link, sidebar, bar with the title, main. Goes inside body. */
export function Layout({ base, sidebar, title, place, actions, deleted, children }: LayoutProps) {
  return (
    <div className="room">
      <a className="skip" href="#main">
        Skip to content
      </a>
      <Sidebar base={base} view={sidebar} />
      <div className="column">
        <header className={title ? "bar" : "bar untitled"}>
          <button type="button" className="icon-button narrow" {...popoverButton(SIDEBAR_ID)}>
            <Icon name="menu" />
            <span className="sr-only">Conversations</span>
          </button>
          {place === "home" ? null : (
            <>
              {title ? (
                <h1 dir="auto" id="title">
                  {title}
                </h1>
              ) : (
                <Wordmark />
              )}
              {actions}
              <a className="icon-button narrow" href={`${base}/`}>
                <Icon name="plus" />
                <span className="sr-only">New conversation</span>
              </a>
            </>
          )}
        </header>
        <p className="announcements" id="announcements" role="status" />
        {deleted ? <DeletedNotice view={deleted} /> : null}
        <main className={place} id="main" tabIndex={-1}>
          {children}
        </main>
      </div>
      {sidebar.keys ? <KeysSheet /> : null}
    </div>
  );
}
