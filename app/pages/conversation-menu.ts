import * as v from "valibot";
import type { ConversationMenuView } from "~/components/conversation-menu";
import type { DeletedView } from "~/components/deleted-notice";
import type { RenameView } from "~/components/rename-form";
import { UNDO_MS } from "~/conversations/deleting";
import { findConversation } from "~/conversations/find";
import { checkTitle } from "~/conversations/prompt";
import type { Conversation } from "~/db/conversations";
import { ParleyError, problemOf } from "~/errors";
import { text } from "~/http/form";
import { statusOf } from "~/http/handle";
import { refererPage } from "~/http/way-back";
import type { RequestContext } from "./context";
import type { Hrefs } from "./hrefs";
import { outcomeOf, showAgain } from "./outcome";

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

export const RenameFields = v.object({ title: text, back: text });

/** The form of a title; with the typed text if it was refused. */
export async function renamePage(
  context: RequestContext,
  request: Request,
  id: string,
): Promise<RenameView> {
  const { db, base, hrefs } = context;
  const { title } = await findConversation(db, id);
  const action = hrefs.verb(id, "rename");
  const refused = outcomeOf(context, "title-refused");
  if (refused) return { action, ...refused };
  const back = refererPage(request, base);
  const elsewhere = back !== hrefs.home() && back !== action;
  return { action, title, back: elsewhere ? back : hrefs.conversation(id) };
}

/** Renames a conversation. If the title is refused, the response shows the form again. */
export async function takeTitle(
  context: RequestContext,
  id: string,
  { title, back }: v.InferOutput<typeof RenameFields>,
): Promise<Response | undefined> {
  const { db } = context;
  await findConversation(db, id);
  try {
    await db.conversations.rename(id, checkTitle(title));
    return undefined;
  } catch (error) {
    if (!(error instanceof ParleyError) || !["invalid", "unavailable"].includes(error.kind))
      throw error;
    const outcome = { kind: "title-refused", title, back, problem: problemOf(error) } as const;
    return showAgain(context, outcome, statusOf(error));
  }
}

const DELETED = "deleted";

/** Back after a deletion; to the first page from a page of the deleted conversation. */
export function afterDeletion(
  { base, hrefs }: RequestContext,
  request: Request,
  id: string,
): string {
  const back = refererPage(request, base);
  const gone = back.startsWith(hrefs.conversation(id));
  const to = new URL(gone ? hrefs.home() : back, request.url);
  to.searchParams.set(DELETED, id);
  return `${to.pathname}${to.search}`;
}

/** Back after undoing a deletion; to the conversation from the first page. */
export function afterRestoring(
  { base, hrefs }: RequestContext,
  request: Request,
  id: string,
): string {
  const to = new URL(refererPage(request, base), request.url);
  if (to.pathname === hrefs.home()) return hrefs.conversation(id);
  to.searchParams.delete(DELETED);
  return `${to.pathname}${to.search}`;
}

/** The notice with Undo; undefined once the deletion cannot be undone. */
export async function deletedNotice(
  { db, hrefs }: RequestContext,
  request: Request,
): Promise<DeletedView | undefined> {
  const id = new URL(request.url).searchParams.get(DELETED);
  if (!id) return undefined;
  const now = Date.now();
  const found = await db.conversations.findDeleted(id, now - UNDO_MS);
  if (!found) return undefined;
  return {
    id,
    title: found.title,
    restore: hrefs.verb(id, "restore"),
    leftMs: (found.deletedAt ?? now) + UNDO_MS - now,
  };
}
