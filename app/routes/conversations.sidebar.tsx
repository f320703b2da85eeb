import { PageTitle } from "~/components/layout";
import { SidebarGroups } from "~/components/sidebar";
import { handle } from "~/http/handle";
import { fragment } from "~/http/response";
import { sidebarGroups } from "~/pages/conversation-list";

/** The sidebar as a fragment, with the page title if it is that of a conversation. */
export const loader = handle(async ({ context, query }) => {
  const current = query.get("current") || undefined;
  const titled = current !== undefined && query.has("titled");
  const groups = await sidebarGroups(context, current, titled);
  const shown = titled ? await context.db.conversations.find(current) : undefined;
  return fragment(
    <>
      <SidebarGroups {...groups} />
      {shown ? <PageTitle title={shown.title} /> : null}
    </>,
  );
});
