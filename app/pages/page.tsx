import { useRouteLoaderData } from "@remix-run/react";
import type { ReactNode } from "react";
import type { DeletedView } from "~/components/deleted-notice";
import { Layout } from "~/components/layout";
import type { SidebarView } from "~/components/sidebar";
import type { Theme } from "~/components/theme-switch";
import { readPreferences } from "~/http/preferences";
import type { RequestContext } from "./context";
import { sidebarGroups } from "./conversation-list";
import { deletedNotice } from "./conversation-menu";
import { typedSearch } from "./search";

interface PageProps {
  title?: string;
  place: "home" | "conversation" | "page";
  /** What stands at the right of the title. */
  actions?: ReactNode;
  children: ReactNode;
}

/** A route's page inside the layout, with the sidebar that the root loader has read. */
export function Page(props: PageProps) {
  const root = useRoot();
  if (!root) return props.children;
  return <Layout base={root.base} sidebar={root.sidebar} deleted={root.deleted} {...props} />;
}

/** What the root loader has read; undefined where it failed or never ran. */
export function useRoot(): RootView | undefined {
  return useRouteLoaderData("root") as RootView | undefined;
}

/** What every page needs. */
export interface RootView {
  base: string;
  theme: Theme;
  /** Whether the browser is known to run the script: the page then looks so from its first moment. */
  scripted: boolean;
  sidebar: SidebarView;
  deleted: DeletedView | undefined;
  /** The browser script, complete addresses. */
  scripts: string[];
  /** Where a browser without script goes that a cookie calls scripted. */
  withoutScript: string;
}

/** What every page needs; `id` is that of the thing that the address names, if it names one. */
export async function rootView(
  context: RequestContext,
  request: Request,
  id: string,
): Promise<RootView> {
  const { base, hrefs } = context;
  const { theme, scripted } = readPreferences(request);
  const { pathname, search, searchParams } = new URL(request.url);
  const conversationId = await conversationOf(context, pathname, id);
  // Other parts of it may not show the answer that is being written.
  const titled =
    conversationId !== undefined &&
    `${base}${pathname}` === hrefs.conversation(conversationId) &&
    !["at", "before", "after", "end"].some((place) => searchParams.has(place));
  return {
    base,
    theme,
    scripted,
    scripts: context.scripts.map((path) => `${base}${path}`),
    sidebar: {
      ...(await sidebarGroups(context, conversationId, titled)),
      ...keysFor(request, scripted),
      theme,
      typed: typedSearch(request) ?? "",
    },
    deleted: await deletedNotice(context, request),
    withoutScript: hrefs.withoutScript(`${base}${pathname}${search}`),
  };
}

/** Text browsers, which say nothing of themselves, would show what is hidden. */
function keysFor(request: Request, scripted: boolean): Pick<SidebarView, "keys"> {
  if (scripted) return { keys: "shown" };
  return request.headers.has("sec-fetch-mode") ? { keys: "hidden" } : {};
}

/** The conversation that a page is about: one of its messages may be what the address names. */
async function conversationOf(
  { db }: RequestContext,
  pathname: string,
  id: string,
): Promise<string | undefined> {
  if (!pathname.startsWith("/messages/")) return id || undefined;
  const message = await db.messages.find(id);
  if (!message) return undefined;
  return (await db.conversations.find(message.conversationId))?.id;
}
