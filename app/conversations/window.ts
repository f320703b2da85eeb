import type { Conversation } from "~/db/conversations";
import type { OwnerDb } from "~/db/db";
import type { Message } from "~/db/messages";
import { PAGE_BYTES } from "~/limits";
import { unknownMessage } from "./find";

/** As many messages as a page of a conversation shows at most. */
export const PAGE_MESSAGES = 40;
/** What a page shows: fewer messages where they are long. */
export const PAGE = { messages: PAGE_MESSAGES, bytes: PAGE_BYTES };
/** So many of them stand before the message that one has come for. */
const BEFORE_IT = 10;
/** What script has loaded above stays when the page asks for itself, up to this many messages. */
const MOST_KEPT = { messages: 2_000, bytes: 4 * PAGE_BYTES };

/** The part of a branch that one wants to see. Every id is a message's. */
export type Place =
  /** The end of the branch that was looked at last. */
  | { at: "end" }
  /** The end of the branch that goes on below a message. */
  | { at: "end-below"; id: string }
  /** The end, or the end below the message `end`, but from this message on. */
  | { at: "end-from"; id: string; end?: string }
  | { at: "before"; id: string }
  | { at: "after"; id: string }
  /** A message with what stands around it. */
  | { at: "message"; id: string };

/** The messages of one page, in reading order; `earlier` and `later` say where the branch goes on. */
export interface Window {
  messages: Message[];
  earlier: boolean;
  later: boolean;
}

/**
 * The part of a conversation that `place` names. What it costs does not depend on the length of the
 * conversation. Throws the 404 of an unknown message where the place is not in it.
 */
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
      return last ? branches.upTo(last, MOST_KEPT, known.id) : [];
    }
    case "before":
      return known.parentId ? branches.upTo(known.parentId, PAGE) : [];
    case "after":
      return branches.below(known.id, PAGE);
    case "message": {
      const after = PAGE_MESSAGES - BEFORE_IT - 1;
      const half = { bytes: PAGE_BYTES / 2 };
      const below = await branches.below(known.id, { ...half, messages: after });
      const before = PAGE_MESSAGES - below.length;
      const above = await branches.upTo(known.id, { ...half, messages: before });
      return [...above, ...below];
    }
  }
}
