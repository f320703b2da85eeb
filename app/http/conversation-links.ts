import type { ConversationLink } from "~/components/views";
import type { ConversationRow, ListPosition } from "~/db/conversations";
import type { RequestContext } from "./context";
import { hrefs } from "./hrefs";

/** As many as a person looks through; the rest is one link away. */
const SIDEBAR_ROWS = 40;
const PAGE_ROWS = 100;

export interface ConversationListView {
  conversations: ConversationLink[];
  now: number;
  older?: string;
}

/** The newest conversations for the sidebar; `currentId` is the one that the page shows. */
export async function sidebarLinks(
  { db, base, ownerId }: RequestContext,
  currentId: string | undefined,
): Promise<ConversationLink[]> {
  const rows = await db.conversations.list(ownerId, SIDEBAR_ROWS);
  return rows.map((row) => linkOf(base, row, currentId));
}

/** A page of the list, behind the position that `?before=` names. */
export async function conversationListPage(
  { db, base, ownerId }: RequestContext,
  request: Request,
): Promise<ConversationListView> {
  const before = parsePosition(new URL(request.url).searchParams.get("before"));
  const rows = await db.conversations.list(ownerId, PAGE_ROWS + 1, before);
  const shown = rows.slice(0, PAGE_ROWS);
  const last = rows.length > PAGE_ROWS ? shown.at(-1) : undefined;
  return {
    conversations: shown.map((row) => linkOf(base, row, undefined)),
    now: Date.now(),
    ...(last ? { older: `${hrefs.conversations(base)}?before=${formatPosition(last)}` } : {}),
  };
}

function linkOf(
  base: string,
  row: ConversationRow,
  currentId: string | undefined,
): ConversationLink {
  const { id, title, leafId, updatedAt, state } = row;
  const shown = shownState(state);
  // One comes back for what was said last. A live page opens at its end by itself, and a fragment would
  // make it jump when it ends.
  const settled = leafId !== null && shown !== "writing";
  const href = settled ? hrefs.place(base, id, leafId) : hrefs.conversation(base, id);
  return { id, title, href, updatedAt, state: shown, current: id === currentId };
}

function shownState(state: ConversationRow["state"]): ConversationLink["state"] {
  if (state === "queued" || state === "running") return "writing";
  return state === "interrupted" ? "interrupted" : "quiet";
}

function formatPosition({ pinned, updatedAt, id }: ListPosition): string {
  return `${pinned ? 1 : 0}.${updatedAt}.${id}`;
}

function parsePosition(text: string | null): ListPosition | undefined {
  const match = /^([01])\.(\d{1,15})\.([0-9a-f-]{36})$/.exec(text ?? "");
  if (!match?.[3]) return undefined;
  return { pinned: match[1] === "1", updatedAt: Number(match[2]), id: match[3] };
}
