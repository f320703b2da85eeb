import { and, asc, eq, type SQL, sql } from "drizzle-orm";
import { attachFilesToWaiting } from "./given-files";
import { HELD } from "./live";
import { changed } from "./open";
import { attachments, waitingPrompts } from "./schema";
import { inTransaction, type Scope } from "./scope";
import { conversationOf, hasConversation } from "./tree";

export type WaitingPrompt = typeof waitingPrompts.$inferSelect;
export type NewWaitingPrompt = Omit<WaitingPrompt, "ownerId">;

export type Withdrawn = WaitingPrompt & { files: string[] };

/** Adds a prompt, unless `most` are waiting, the conversation is gone, or the form was sent before. */
export async function add(
  scope: Scope,
  prompt: NewWaitingPrompt,
  files: readonly string[],
  most: number,
): Promise<"added" | "full" | "gone" | "repeated"> {
  return inTransaction(scope, (within) => {
    const { db, ownerId } = within;
    const { conversationId, clientId } = prompt;
    if (clientId !== null && conversationOf(within, clientId)) return "repeated";
    if (!hasConversation(within, conversationId)) return "gone";
    const waiting = db
      .select({ count: sql<number>`count(*)` })
      .from(waitingPrompts)
      .where(inConversation(scope, conversationId))
      .get();
    if ((waiting?.count ?? 0) >= most) return "full";
    db.insert(waitingPrompts)
      .values({ ...prompt, ownerId })
      .run();
    if (files.length > 0) attachFilesToWaiting(within, prompt.id, files);
    return "added";
  });
}

export async function list(scope: Scope, conversationId: string): Promise<WaitingPrompt[]> {
  return scope.db
    .select()
    .from(waitingPrompts)
    .where(inConversation(scope, conversationId))
    .orderBy(asc(waitingPrompts.id))
    .all();
}

export async function firstBehind(
  scope: Scope,
  conversationId: string,
  behindId: string,
): Promise<WaitingPrompt | undefined> {
  return first(scope, conversationId, eq(waitingPrompts.behindId, behindId));
}

export async function firstHeld(
  scope: Scope,
  conversationId: string,
): Promise<WaitingPrompt | undefined> {
  return first(scope, conversationId, HELD);
}

export async function find(scope: Scope, id: string): Promise<WaitingPrompt | undefined> {
  return scope.db.select().from(waitingPrompts).where(own(scope, id)).get();
}

/** Changes it in its place; false if it is gone. */
export async function edit(
  scope: Scope,
  id: string,
  now: Pick<WaitingPrompt, "prompt" | "model">,
): Promise<boolean> {
  const rows = scope.db.update(waitingPrompts).set(now).where(own(scope, id));
  return changed(rows.returning({ id: waitingPrompts.id }).all());
}

/** Deletes and returns it, with its files loose from `now` on; undefined if it is gone. */
export async function remove(
  scope: Scope,
  id: string,
  now: number,
): Promise<Withdrawn | undefined> {
  return inTransaction(scope, ({ db, ownerId }) => {
    const loose = db
      .update(attachments)
      .set({ waitingPromptId: null, createdAt: now })
      .where(and(eq(attachments.ownerId, ownerId), eq(attachments.waitingPromptId, id)))
      .returning({ id: attachments.id })
      .all();
    const prompt = db.delete(waitingPrompts).where(own(scope, id)).returning().get();
    return prompt && { ...prompt, files: loose.map((file) => file.id) };
  });
}

function first(scope: Scope, conversationId: string, which: SQL): WaitingPrompt | undefined {
  return scope.db
    .select()
    .from(waitingPrompts)
    .where(and(inConversation(scope, conversationId), which))
    .orderBy(asc(waitingPrompts.id))
    .limit(1)
    .get();
}

function own({ ownerId }: Scope, id: string): SQL | undefined {
  return and(eq(waitingPrompts.ownerId, ownerId), eq(waitingPrompts.id, id));
}

function inConversation({ ownerId }: Scope, conversationId: string): SQL | undefined {
  return and(
    eq(waitingPrompts.ownerId, ownerId),
    eq(waitingPrompts.conversationId, conversationId),
  );
}
