import type { ConversationLink } from "~/components/conversation-entry";
import type { ConversationListView, ConversationRowView } from "~/components/conversation-list";
import type { SidebarGroupsView } from "~/components/sidebar";
import type { ConversationRow, ListPosition } from "~/db/conversations";
import type { LiveAnswer } from "~/generation/live-answer";
import type { Titles } from "~/generation/titles";
import type { RequestContext } from "./context";
import { conversationMenu } from "./conversation-menu";

const SIDEBAR_ROWS = 40;
const PAGE_ROWS = 100;

/** `titled`: the page shows the title of `currentId`, and reloads it itself when the answer has ended. */
export async function sidebarGroups(
  context: RequestContext,
  currentId: string | undefined,
  titled: boolean,
): Promise<SidebarGroupsView> {
  const { db, titles, hrefs } = context;
  const rows = await db.conversations.list(SIDEBAR_ROWS);
  const conversations = rows.map((row) => linkOf(context, row, currentId));
  const again = rows.some((row) =>
    titled && row.id === currentId
      ? titles.expected(row.id) || isLiveElsewhere(context, row)
      : willChange(titles, linkOf(context, row, currentId)),
  );
  return {
    conversations,
    now: Date.now(),
    again: again ? hrefs.sidebar(currentId, titled) : undefined,
  };
}

/** A page of the list (`?show=archived`: of the archive) after the position `?before=`. */
export async function conversationListPage(
  context: RequestContext,
  request: Request,
): Promise<ConversationListView> {
  const { db, titles, hrefs } = context;
  const { search, searchParams: asked } = new URL(request.url);
  const archived = asked.get("show") === "archived";
  const after = parsePosition(asked.get("before"));
  const rows = await db.conversations.list(PAGE_ROWS + 1, { after, archived });
  const shown = rows.slice(0, PAGE_ROWS);
  const last = rows.length > PAGE_ROWS ? shown.at(-1) : undefined;
  const conversations = shown.map((row) => rowOf(context, row));
  return {
    conversations,
    now: Date.now(),
    archived,
    others: archived ? hrefs.conversations() : hrefs.archive(),
    transfer: hrefs.transfer(),
    older: last && hrefs.conversationsBefore(formatPosition(last), archived),
    again: conversations.some((row) => willChange(titles, row)) ? hrefs.rows(search) : undefined,
  };
}

function rowOf(context: RequestContext, row: ConversationRow): ConversationRowView {
  return {
    ...linkOf(context, row, undefined),
    model: row.model ?? undefined,
    menu: conversationMenu(context.hrefs, row),
  };
}

function linkOf(
  { hrefs, ownerId, generations }: RequestContext,
  row: ConversationRow,
  currentId: string | undefined,
): ConversationLink {
  const { id, title, leafId, pinned, updatedAt } = row;
  const live = generations.liveIn(ownerId, id);
  const state = live.length > 0 ? liveState(live) : shownState(row.state);
  // A live page opens at its end by itself, and a fragment would make it jump when it ends.
  const settled = leafId !== null && state !== "writing" && state !== "queued";
  const href = settled ? hrefs.place(id, leafId) : hrefs.conversation(id);
  return { id, title, href, pinned, updatedAt, state, current: id === currentId };
}

function liveState(live: readonly LiveAnswer[]): "queued" | "writing" {
  return live.some(({ status }) => status.state !== "queued") ? "writing" : "queued";
}

function isLiveElsewhere(
  { ownerId, generations }: RequestContext,
  { id, leafId }: ConversationRow,
): boolean {
  return generations.liveIn(ownerId, id).some(({ ids }) => ids.messageId !== leafId);
}

function willChange(
  titles: Titles,
  { id, state }: Pick<ConversationLink, "id" | "state">,
): boolean {
  return state === "queued" || state === "writing" || titles.expected(id);
}

function shownState(state: ConversationRow["state"]): ConversationLink["state"] {
  switch (state) {
    case "queued":
      return "queued";
    case "running":
      return "writing";
    case "interrupted":
    case "failed":
      return state;
    default:
      return "quiet";
  }
}

function formatPosition({ pinned, updatedAt, id }: ListPosition): string {
  return `${pinned ? 1 : 0}.${updatedAt}.${id}`;
}

function parsePosition(text: string | null): ListPosition | undefined {
  const match = /^([01])\.(\d{1,15})\.([0-9a-f-]{36})$/.exec(text ?? "");
  if (!match?.[3]) return undefined;
  return { pinned: match[1] === "1", updatedAt: Number(match[2]), id: match[3] };
}
