import { conversationVerb } from "~/http/conversation-verb";
import { formOnly } from "~/http/handled";

export const loader = formOnly;

export const action = conversationVerb(({ db, ownerId }, id) =>
  db.conversations.setPinned(ownerId, id, true),
);
