import type { ConversationMenuView } from "~/components/conversation-menu";
import type { Conversation } from "~/db/conversations";
import type { Hrefs } from "./hrefs";

/** What one may do with a conversation. */
export function conversationMenu(
  hrefs: Hrefs,
  { id, title, pinned, archived }: Pick<Conversation, "id" | "title" | "pinned" | "archived">,
): ConversationMenuView {
  return {
    id,
    title,
    pinned,
    archived,
    steering: hrefs.steering(id),
    rename: hrefs.verb(id, "rename"),
    pin: hrefs.verb(id, pinned ? "unpin" : "pin"),
    archive: hrefs.verb(id, archived ? "unarchive" : "archive"),
    markdown: hrefs.markdown(id),
    json: hrefs.json(id),
    delete: hrefs.verb(id, "delete"),
  };
}
