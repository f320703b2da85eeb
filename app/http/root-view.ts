import type { DeletedView, SidebarView, Theme } from "~/components/views";
import type { RequestContext } from "./context";
import { sidebarGroups } from "./conversation-links";
import { deletedNotice } from "./deleted-notice";
import { hrefs } from "./hrefs";
import { readPreferences } from "./preferences";

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

export async function rootView(
  context: RequestContext,
  request: Request,
  conversationId: string | undefined,
): Promise<RootView> {
  const { base } = context;
  const { theme, scripted } = readPreferences(request);
  const { pathname, search } = new URL(request.url);
  const titled =
    conversationId !== undefined && pathname === hrefs.conversation("", conversationId);
  return {
    base,
    theme,
    scripted,
    scripts: context.scripts.map((path) => `${base}${path}`),
    sidebar: { ...(await sidebarGroups(context, conversationId, titled)), theme },
    deleted: await deletedNotice(context, request),
    withoutScript: hrefs.withoutScript(base, `${base}${pathname}${search}`),
  };
}
