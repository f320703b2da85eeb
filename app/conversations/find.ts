import type { Conversation } from "~/db/conversations";
import type { OwnerDb } from "~/db/db";
import type { Message } from "~/db/messages";
import { ParleyError } from "~/errors";

/** The owner's conversation; throws the 404 that absent and someone else's share. */
export async function findConversation(db: OwnerDb, id: string): Promise<Conversation> {
  const conversation = await db.conversations.find(id);
  if (conversation) return conversation;
  throw unknownConversation();
}

/** What absent, deleted and someone else's conversations have in common. */
export function unknownConversation(): ParleyError {
  return new ParleyError("conversation-unknown", "There is no such conversation.", {
    kind: "unknown",
    next: "It may have been deleted. Begin a new one, or pick one from the list.",
  });
}

/** The owner's message, of this role where one is given; throws the 404 of an unknown one. */
export async function findMessage(
  db: OwnerDb,
  id: string,
  role?: Message["role"],
): Promise<Message> {
  const message = await db.messages.find(id);
  if (!message || (role && message.role !== role)) throw unknownMessage();
  // A conversation that was deleted takes its messages along before they are gone.
  if (!(await db.conversations.find(message.conversationId))) throw unknownMessage();
  return message;
}

/** What is said of a message that is not there, or is another owner's. */
export function unknownMessage(): ParleyError {
  return new ParleyError("message-unknown", "There is no such message.", {
    kind: "unknown",
    next: "It may have been deleted. Open the conversation from the list.",
  });
}
