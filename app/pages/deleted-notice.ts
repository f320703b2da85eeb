import type { DeletedView } from "~/components/deleted-notice";
import { UNDO_MS } from "~/conversations/deleting";
import { refererPage } from "~/http/way-back";
import type { RequestContext } from "./context";

/** In an address: the conversation that was just deleted, so that the page offers to take it back. */
const DELETED = "deleted";

/** Where a deletion leads: back, but to the first page from a page of the deleted conversation. */
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

/** Where undoing a deletion leads: to the page that offered it, but to the conversation from the first page. */
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

/** What a page says of the conversation that its address calls deleted, while it can be taken back. */
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
