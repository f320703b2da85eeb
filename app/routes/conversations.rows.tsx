import { ConversationList } from "~/components/conversation-list";
import { conversationListPage } from "~/http/conversation-links";
import { fragment } from "~/http/fragment";
import { handled } from "~/http/handled";

/** A page of the list, without the page around it. */
export const loader = handled(async ({ request, context }) =>
  fragment(<ConversationList {...(await conversationListPage(context, request))} />),
);
