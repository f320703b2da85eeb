import type { ConversationLink } from "~/components/conversation-entry";
import type { ConversationRowView } from "~/components/conversation-list";
import type { SidebarGroupsView } from "~/components/sidebar";
import type { ConversationRow, ListPosition } from "~/db/conversations";
import type { LiveAnswer } from "~/generation/live-answer";
import type { Titles } from "~/generation/titles";
import type { RequestContext } from "./context";
import { conversationMenu } from "./conversation-menu";

const SIDEBAR_ROWS = 40;
const PAGE_ROWS = 100;

export interface ConversationListView {
  conversations: ConversationRowView[];
  now: number;
  archived: boolean;
  /** The list of the archived ones, or from there the other. */
  others: string;
  older?: string;
  /** Where the same can be had anew, while something about it is about to change. */
  again?: string;
  transfer: string;
}

/**
 * The newest conversations for the sidebar. `currentId` is the one that the page shows, or is about;
 * `titled` where the page is the conversation's own: it bears its title, and shows itself anew when the answer
 * at its end has ended.
 */
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
    ...(again ? { again: hrefs.sidebar(currentId, titled) } : {}),
  };
}

/** A page of the list, or of the archive for `?show=archived`, behind the position that `?before=` names. */
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
    ...(last ? { older: hrefs.conversationsBefore(formatPosition(last), archived) } : {}),
    ...(conversations.some((row) => willChange(titles, row)) ? { again: hrefs.rows(search) } : {}),
  };
}

function rowOf(context: RequestContext, row: ConversationRow): ConversationRowView {
  return {
    ...linkOf(context, row, undefined),
    ...(row.model === null ? {} : { model: row.model }),
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
  // One comes back for what was said last. A live page opens at its end by itself, and a fragment would
  // make it jump when it ends.
  const settled = leafId !== null && state !== "writing" && state !== "queued";
  const href = settled ? hrefs.place(id, leafId) : hrefs.conversation(id);
  return { id, title, href, pinned, updatedAt, state, current: id === currentId };
}

function liveState(live: readonly LiveAnswer[]): "queued" | "writing" {
  return live.some(({ status }) => status.state !== "queued") ? "writing" : "queued";
}

/** Whether an answer is being written on another branch than the one the conversation opens on. */
function isLiveElsewhere(
  { ownerId, generations }: RequestContext,
  { id, leafId }: ConversationRow,
): boolean {
  return generations.liveIn(ownerId, id).some(({ ids }) => ids.messageId !== leafId);
}

/** Whether what a row shows is about to change by itself. */
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
