import type { Conversation } from "~/db/conversations";
import type { OwnerDb } from "~/db/db";
import type { Message } from "~/db/messages";
import { PAGE_BYTES } from "~/limits";
import { unknownMessage } from "./find";

export const PAGE_MESSAGES = 40;
export const PAGE = { messages: PAGE_MESSAGES, bytes: PAGE_BYTES };
/** Of these, before a linked message. */
const MESSAGES_BEFORE = 10;
/** Messages that the script has loaded stay on a reload, up to this limit. */
const MOST_RELOADED = { messages: 2_000, bytes: 4 * PAGE_BYTES };

export type Place =
  | { at: "end" }
  | { at: "end-below"; id: string }
  /** From this message to the end, or to the end below the message `end`. */
  | { at: "end-from"; id: string; end?: string }
  | { at: "before"; id: string }
  | { at: "after"; id: string }
  | { at: "message"; id: string };

/** `earlier` and `later`: the branch has more messages. */
export interface Window {
  messages: Message[];
  earlier: boolean;
  later: boolean;
}

/** The messages at `place`, at a cost independent of the conversation's length; throws if it is not in there. */
export async function windowOf(
  db: OwnerDb,
  conversation: Conversation,
  place: Place,
): Promise<Window> {
  const messages = await messagesAt(db, conversation, place);
  const last = messages.at(-1);
  return {
    messages,
    earlier: (messages[0]?.parentId ?? null) !== null,
    later: last !== undefined && !(await db.branches.isLeaf(last.id)),
  };
}

async function messagesAt(
  db: OwnerDb,
  { id: conversationId, leafId }: Conversation,
  place: Place,
): Promise<Message[]> {
  const { branches } = db;
  if (place.at === "end") return leafId ? branches.upTo(leafId, PAGE) : [];
  const find = async (id: string) => {
    const message = await db.messages.find(id);
    if (message?.conversationId !== conversationId) throw unknownMessage();
    return message;
  };
  const known = await find(place.id);
  switch (place.at) {
    case "end-below":
      return branches.upTo(await branches.leafBelow(known.id), PAGE);
    case "end-from": {
      const { end } = place;
      const last = end ? await branches.leafBelow((await find(end)).id) : leafId;
      return last ? branches.upTo(last, MOST_RELOADED, known.id) : [];
    }
    case "before":
      return known.parentId ? branches.upTo(known.parentId, PAGE) : [];
    case "after":
      return branches.below(known.id, PAGE);
    case "message": {
      const after = PAGE_MESSAGES - MESSAGES_BEFORE - 1;
      const half = { bytes: PAGE_BYTES / 2 };
      const below = await branches.below(known.id, { ...half, messages: after });
      const before = PAGE_MESSAGES - below.length;
      const above = await branches.upTo(known.id, { ...half, messages: before });
      return [...above, ...below];
    }
  }
}
