import type { Conversation } from "~/db/conversations";
import type { OwnerDb } from "~/db/db";
import type { Message } from "~/db/messages";
import { ParleyError } from "~/errors";

/** The owner's conversation; throws the same error for absent and someone else's ones. */
export async function findConversation(db: OwnerDb, id: string): Promise<Conversation> {
  const conversation = await db.conversations.find(id);
  if (conversation) return conversation;
  throw unknownConversation();
}

export function unknownConversation(): ParleyError {
  return new ParleyError("conversation-unknown", "There is no such conversation.", {
    kind: "unknown",
    next: "It may have been deleted. Begin a new one, or pick one from the list.",
  });
}

/** The owner's message, of this role if given; throws if it is unknown. */
export async function findMessage(
  db: OwnerDb,
  id: string,
  role?: Message["role"],
): Promise<Message> {
  const message = await db.messages.find(id);
  if (!message || (role && message.role !== role)) throw unknownMessage();
  // A deleted conversation keeps its messages until it is purged.
  if (!(await db.conversations.find(message.conversationId))) throw unknownMessage();
  return message;
}

export function unknownMessage(): ParleyError {
  return new ParleyError("message-unknown", "There is no such message.", {
    kind: "unknown",
    next: "It may have been deleted. Open the conversation from the list.",
  });
}
