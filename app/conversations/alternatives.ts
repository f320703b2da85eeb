import type { OwnerDb } from "~/db/db";
import type { LastViewed } from "~/db/tree";
import { ParleyError } from "~/errors";
import type { Generations } from "~/generation/generations";
import { findConversation, findMessage, unknownMessage } from "./find";
import { stopAnswers } from "./stopping";
import { PAGE } from "./window";

/** `onPage`: the page with the end of the branch shows the message. */
export interface Chosen {
  conversationId: string;
  onPage: boolean;
}

/** Shows an alternative and its last viewed branch. `left` is the one shown until now, if known. */
export async function chooseAlternative(
  db: OwnerDb,
  messageId: string,
  left: LastViewed | undefined,
): Promise<Chosen> {
  const chosen = await findMessage(db, messageId);
  const leafId = await db.branches.choose(chosen, left);
  if (leafId === undefined) throw unknownMessage();
  const page = await db.branches.upTo(leafId, PAGE);
  return {
    conversationId: chosen.conversationId,
    onPage: page.some(({ id }) => id === chosen.id),
  };
}

/** The number of messages at or below this one, with alternatives. */
export async function countWithFollowing(db: OwnerDb, messageId: string): Promise<number> {
  return (await db.branches.withFollowing(messageId)).length;
}

/** Deletes a message and all below it and stops their answers; throws if they are not `agreed` in number. */
export async function deleteMessage(
  { db, generations }: { db: OwnerDb; generations: Generations },
  messageId: string,
  agreed: number,
): Promise<{ conversationId: string; leafId: string | null }> {
  const message = await findMessage(db, messageId);
  const { conversationId } = message;
  const refuseChanged = (ids: readonly string[]) => {
    if (ids.length === agreed) return;
    throw new ParleyError("delete-changed", "The conversation has changed meanwhile.", {
      kind: "conflict",
      next: "Look at what would be deleted now, then decide again.",
    });
  };
  const seen = await db.branches.withFollowing(messageId);
  refuseChanged(seen);
  await stopAnswers({ db, generations }, conversationId, messageId);
  for (let gone = false; !gone; ) {
    // An answer may have ended meanwhile, and its waiting prompt been sent.
    const ids = await db.branches.withFollowing(messageId);
    refuseChanged(ids);
    const [others] = await db.branches.alternatives([messageId]);
    const neighbour = neighbourOf(messageId, others?.ids ?? []);
    const leafId = neighbour ? await db.branches.leafBelow(neighbour) : message.parentId;
    gone = await db.branches.remove(conversationId, ids, leafId);
  }
  const conversation = await findConversation(db, conversationId);
  return { conversationId, leafId: conversation.leafId };
}

/** The alternative to show after a deletion: the previous one, else the next. */
export function neighbourOf(id: string, ids: readonly string[]): string | undefined {
  const index = ids.indexOf(id);
  return ids[index - 1] ?? ids[index + 1];
}
