import { formOnly } from "~/http/handled";
import { conversationVerb } from "~/pages/conversation-verb";

export const loader = formOnly;

export const action = conversationVerb(({ db }, id) => db.conversations.setArchived(id, false));
