import { createElement, type ReactNode } from "react";
import { DeletedNotice, type DeletedView } from "./deleted-notice";
import { Icon, Wordmark } from "./icon";
import { KeysSheet } from "./keys-sheet";
import { popoverButton } from "./popover";
import { SIDEBAR_ID, Sidebar, type SidebarView } from "./sidebar";

interface LayoutProps {
  /** The base path without its last slash: "" or "/parley". */
  base: string;
  sidebar: SidebarView;
  /** The h1; a page without it has its own. */
  title?: string;
  place: "home" | "conversation" | "page";
  actions?: ReactNode;
  deleted?: DeletedView;
  children: ReactNode;
}

/** The content of body on every page. */
export function Layout({ base, sidebar, title, place, actions, deleted, children }: LayoutProps) {
  return (
    <div className="layout wide:grid wide:grid-cols-[17rem_minmax(0,1fr)] print:block">
      <a className="skip absolute left-2 top-2 z-[9] bg-raised px-4 py-2 text-accent" href="#main">
        Skip to content
      </a>
      <Sidebar base={base} view={sidebar} />
      {/* Column 2 even while the sidebar is an open popover, outside the grid (a phone that was turned). */}
      <div className="column flex min-h-screen min-w-0 flex-col wide:col-start-2 print:block">
        <Bar base={base} title={title} home={place === "home"} actions={actions} />
        <p className="announcements" id="announcements" role="status" />
        {deleted ? <DeletedNotice view={deleted} /> : null}
        <main
          className={`${place} flex flex-1 flex-col print:block ${place === "page" ? "pb-16 pt-6 *:mx-auto *:w-column" : ""}`}
          id="main"
          tabIndex={-1}
        >
          {children}
        </main>
      </div>
      {sidebar.keys ? <KeysSheet /> : null}
    </div>
  );
}

function Bar({
  base,
  title,
  home,
  actions,
}: Pick<LayoutProps, "base" | "title" | "actions"> & { home: boolean }) {
  return (
    <header
      className={`bar sticky top-0 z-[2] flex min-h-14 items-center gap-1 border-b bg-paper px-1.5 pt-[env(safe-area-inset-top)] wide:border-0 wide:px-6 low:static ${title ? "" : "wide:hidden"} ${home ? "border-transparent" : "border-line"}`}
    >
      <button type="button" className="icon-button wide:hidden" {...popoverButton(SIDEBAR_ID)}>
        <Icon name="menu" />
        <span className="sr-only">Conversations</span>
      </button>
      {home ? null : (
        <>
          {title ? (
            <h1 className="min-w-0 flex-1 truncate text-md font-semibold" dir="auto" id="title">
              {title}
            </h1>
          ) : (
            <Wordmark className="min-w-0 flex-1" />
          )}
          {actions}
          <a className="icon-button wide:hidden" href={`${base}/`}>
            <Icon name="plus" />
            <span className="sr-only">New conversation</span>
          </a>
        </>
      )}
    </header>
  );
}

/** Replaces the h1 and the document title of an open page. */
export function PageTitle({ title }: { title: string }) {
  return (
    <>
      <title>{`${title} · Parley`}</title>
      {createElement("hx-partial", { "hx-target": "#title", "hx-swap": "textContent" }, title)}
    </>
  );
}
