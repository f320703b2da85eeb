import { ConversationList } from "~/components/conversation-list";
import { fragment } from "~/http/fragment";
import { handled } from "~/http/handled";
import { conversationListPage } from "~/pages/conversation-list";

/** A page of the list, without the page around it. */
export const loader = handled(async ({ request, context }) =>
  fragment(<ConversationList {...(await conversationListPage(context, request))} />),
);
