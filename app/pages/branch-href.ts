import type { RequestContext } from "./context";

/** The page of the branch that a message is on; the conversation's own address if it opens on that branch. */
export async function branchHref(
  context: RequestContext,
  conversationId: string,
  messageId: string | undefined,
): Promise<string> {
  const { hrefs } = context;
  return messageId === undefined || (await opensOn(context, conversationId, messageId))
    ? hrefs.conversation(conversationId)
    : hrefs.end(conversationId, messageId);
}

/** The page of a message's branch, scrolled to the message. */
export async function messageHref(
  context: RequestContext,
  conversationId: string,
  messageId: string,
): Promise<string> {
  return `${await branchHref(context, conversationId, messageId)}#m-${messageId}`;
}

async function opensOn(
  { db }: RequestContext,
  conversationId: string,
  messageId: string,
): Promise<boolean> {
  const leafId = (await db.conversations.find(conversationId))?.leafId;
  if (!leafId || (await db.branches.isOnBranch(messageId, leafId))) return true;
  // An unknown message is on no branch.
  const message = await db.messages.find(messageId);
  return message?.conversationId !== conversationId;
}
