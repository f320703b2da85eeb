import { ConversationList } from "~/components/conversation-list";
import { handle } from "~/http/handle";
import { fragment } from "~/http/response";
import { conversationListPage } from "~/pages/conversation-list";

/** A page of the list as a fragment. */
export const loader = handle(async ({ context, request }) =>
  fragment(<ConversationList {...(await conversationListPage(context, request))} />),
);
