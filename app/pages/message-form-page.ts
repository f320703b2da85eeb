import type { Message } from "~/db/messages";
import type { RequestContext } from "./context";
import { type ConversationPage, conversationPage } from "./conversation";

/** The part of a conversation around a message, with a form in the message's place. */
export function messageFormPage(
  context: RequestContext,
  request: Request,
  message: Message,
  kind: "edit" | "model",
): Promise<ConversationPage> {
  return conversationPage(context, request, message.conversationId, {
    place: { at: "message", id: message.id },
    form: { message, kind },
  });
}
