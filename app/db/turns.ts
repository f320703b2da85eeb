import { and, eq } from "drizzle-orm";
import type { Steering } from "~/steering/steering";
import { attachFiles, type FilesFrom } from "./given-files";
import { HELD, liveBelow, replaceBelow } from "./live";
import type { Message } from "./messages";
import { conversations, generations, messages, waitingPrompts } from "./schema";
import { inTransaction, type Scope } from "./scope";
import { indexMessageById, indexTitle } from "./search-index";
import {
  charactersTo,
  conversationOf,
  hasConversation,
  hasMessage,
  type LastViewed,
  picturesTo,
  rememberLeaf,
} from "./tree";
import type { WaitingPrompt } from "./waiting-prompts";

export type NewMessage = Pick<Message, "id" | "parentId" | "role" | "content"> & {
  model?: string;
  files?: FilesFrom;
};

export interface NewTurn {
  conversationId: string;
  title?: string;
  steering?: Steering;
  /** From parent to child; the last one is the new answer. */
  messages: NewMessage[];
  generation: { id: string; model: string };
  left?: LastViewed;
  /** Fails if an answer is live at its parent or below. */
  alone?: boolean;
  /** Answers at this message or below it end. */
  replaces?: string;
  /** The waiting prompt to send, as it was read; deleted with the write. */
  waiting?: Pick<WaitingPrompt, "id" | "prompt" | "model" | "behindId" | "clientId">;
  clientId?: string;
  now: number;
}

/** Unless `written`: an answer is live, the waiting prompt has changed, the parent is gone, or the form was sent before. */
export type TurnOutcome = "written" | "live" | "changed" | "gone" | "repeated";

/** The conversation to which a form with this id was sent before. */
export async function sentAs(scope: Scope, clientId: string): Promise<string | undefined> {
  return conversationOf(scope, clientId);
}

/** Writes a turn, its queued generation and the branch that it is on. */
export async function add(scope: Scope, turn: NewTurn): Promise<TurnOutcome> {
  const answer = turn.messages.at(-1);
  if (!answer) throw new Error("a turn has at least the answer to come");
  return inTransaction(scope, (within) => {
    const refusal = refusalOf(within, turn);
    if (refusal) return refusal;
    growConversation(within, turn, answer.id);
    for (const message of turn.messages) addMessage(within, turn, message);
    keepClientId(within, turn);
    if (turn.left) rememberLeaf(within, turn.conversationId, turn.left);
    queueGeneration(within, turn, answer.id);
    if (turn.title !== undefined) indexTitle(within.db, turn.conversationId);
    // The answer is empty.
    for (const { id } of turn.messages.slice(0, -1)) indexMessageById(within.db, id);
    updateWaiting(within, turn, answer.id);
    return "written";
  });
}

function refusalOf(scope: Scope, turn: NewTurn): Exclude<TurnOutcome, "written"> | undefined {
  const { conversationId, title, waiting, clientId } = turn;
  if (clientId !== undefined && conversationOf(scope, clientId)) return "repeated";
  const parentId = turn.messages[0]?.parentId ?? null;
  if (title === undefined && !hasConversation(scope, conversationId)) return "gone";
  if (parentId !== null && !hasMessage(scope, parentId, conversationId)) return "gone";
  if (turn.alone && liveBelow(scope, conversationId, parentId)) return "live";
  if (waiting && !isUnchanged(scope, waiting)) return "changed";
  return undefined;
}

function growConversation({ db, ownerId }: Scope, turn: NewTurn, leafId: string): void {
  const { conversationId: id, title, steering, now } = turn;
  if (title !== undefined) {
    db.insert(conversations)
      .values({ id, ownerId, title, steering, leafId, createdAt: now, updatedAt: now })
      .run();
    return;
  }
  db.update(conversations)
    .set({ leafId, updatedAt: now })
    .where(and(eq(conversations.id, id), eq(conversations.ownerId, ownerId)))
    .run();
}

function addMessage(
  scope: Scope,
  { conversationId, now }: NewTurn,
  { files, ...message }: NewMessage,
): void {
  const { db, ownerId } = scope;
  const { id, parentId, content } = message;
  db.insert(messages)
    .values({
      ...message,
      ownerId,
      conversationId,
      pathCharacters: charactersTo(parentId, content),
      pathPictures: picturesTo(parentId),
      createdAt: now,
    })
    .run();
  if (parentId !== null) {
    db.update(messages).set({ chosenId: id }).where(eq(messages.id, parentId)).run();
  }
  if (files) attachFiles(scope, id, files);
}

function keepClientId({ db }: Scope, { messages: [first], clientId, waiting }: NewTurn): void {
  const id = clientId ?? waiting?.clientId;
  if (!id || !first) return;
  db.update(messages).set({ clientId: id }).where(eq(messages.id, first.id)).run();
}

function queueGeneration({ db, ownerId }: Scope, turn: NewTurn, messageId: string): void {
  const { conversationId, generation, now: createdAt } = turn;
  db.insert(generations)
    .values({ ...generation, ownerId, conversationId, messageId, state: "queued", createdAt })
    .run();
}

function updateWaiting(scope: Scope, turn: NewTurn, answerId: string): void {
  const { db } = scope;
  const { conversationId, waiting, replaces, now } = turn;
  // Last, since files still attached to it are deleted.
  if (waiting) db.delete(waitingPrompts).where(eq(waitingPrompts.id, waiting.id)).run();
  if (replaces !== undefined) replaceBelow(scope, conversationId, replaces, { answerId, now });
  db.update(waitingPrompts)
    .set({ behindId: answerId })
    .where(and(eq(waitingPrompts.conversationId, conversationId), HELD))
    .run();
}

function isUnchanged(
  { db, ownerId }: Scope,
  { id, prompt, model, behindId }: NonNullable<NewTurn["waiting"]>,
): boolean {
  const current = db
    .select()
    .from(waitingPrompts)
    .where(and(eq(waitingPrompts.ownerId, ownerId), eq(waitingPrompts.id, id)))
    .get();
  return current?.prompt === prompt && current.model === model && current.behindId === behindId;
}
