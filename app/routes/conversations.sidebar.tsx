import { PageTitle } from "~/components/page-title";
import { SidebarGroups } from "~/components/sidebar";
import { fragment } from "~/http/fragment";
import { handled } from "~/http/handled";
import { sidebarGroups } from "~/pages/conversation-list";

/** The conversations of the sidebar, and the title of the page beside it where that is a conversation's. */
export const loader = handled(async ({ request, context }) => {
  const asked = new URL(request.url).searchParams;
  const current = asked.get("current") || undefined;
  const titled = current !== undefined && asked.has("titled");
  const groups = await sidebarGroups(context, current, titled);
  const shown = titled ? await context.db.conversations.find(current) : undefined;
  return fragment(
    <>
      <SidebarGroups {...groups} />
      {shown ? <PageTitle title={shown.title} /> : null}
    </>,
  );
});
