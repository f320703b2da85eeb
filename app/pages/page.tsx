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
  actions?: ReactNode;
  children: ReactNode;
}

/** A page inside the layout; without the sidebar if the root loader failed. */
export function Page(props: PageProps) {
  const root = useRoot();
  if (!root) return props.children;
  return <Layout base={root.base} sidebar={root.sidebar} deleted={root.deleted} {...props} />;
}

/** The data of the root loader; undefined if it failed or did not run. */
export function useRoot(): RootView | undefined {
  return useRouteLoaderData("root") as RootView | undefined;
}

export interface RootView {
  base: string;
  theme: Theme;
  scripted: boolean;
  sidebar: SidebarView;
  deleted: DeletedView | undefined;
  scripts: string[];
  /** Deletes that cookie, for a browser that no longer runs script. */
  withoutScript: string;
}

/** What every page needs; `id` is the one in the address, or "". */
export async function rootView(
  context: RequestContext,
  request: Request,
  id: string,
): Promise<RootView> {
  const { base, hrefs } = context;
  const { theme, scripted } = readPreferences(request);
  const { pathname, search, searchParams } = new URL(request.url);
  const conversationId = await conversationOf(context, pathname, id);
  // Other parts of a conversation may not show the live answer.
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

/** Text browsers, which send no Sec-Fetch headers, would show hidden elements. */
function keysFor(request: Request, scripted: boolean): Pick<SidebarView, "keys"> {
  if (scripted) return { keys: "shown" };
  return request.headers.has("sec-fetch-mode") ? { keys: "hidden" } : {};
}

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
