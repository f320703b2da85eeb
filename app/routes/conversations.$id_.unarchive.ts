import { conversationVerb } from "~/pages/conversation-verb";

export { formOnly as loader } from "~/http/handle";

export const action = conversationVerb(({ db }, id) => db.conversations.setArchived(id, false));
