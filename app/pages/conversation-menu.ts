import type { ConversationMenuView } from "~/components/conversation-menu";
import type { Conversation } from "~/db/conversations";
import { hrefs } from "./hrefs";

/** What one may do with a conversation. */
export function conversationMenu(
  base: string,
  { id, title, pinned, archived }: Pick<Conversation, "id" | "title" | "pinned" | "archived">,
): ConversationMenuView {
  return {
    id,
    title,
    pinned,
    archived,
    steering: hrefs.steering(base, id),
    rename: hrefs.verb(base, id, "rename"),
    pin: hrefs.verb(base, id, pinned ? "unpin" : "pin"),
    archive: hrefs.verb(base, id, archived ? "unarchive" : "archive"),
    markdown: hrefs.markdown(base, id),
    json: hrefs.json(base, id),
    delete: hrefs.verb(base, id, "delete"),
  };
}
