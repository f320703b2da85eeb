import { unknownConversation } from "~/conversations/find";
import type { OwnerDb } from "~/db/db";
import type { WholeConversation } from "~/db/transfer";

/** All of the owner's conversation; throws the 404 that absent and someone else's share. */
export async function findWhole(db: OwnerDb, id: string): Promise<WholeConversation> {
  const whole = await db.transfer.whole(id);
  if (!whole) throw unknownConversation();
  return whole;
}
