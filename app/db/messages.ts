import { and, eq, type SQL, sql } from "drizzle-orm";
import type { Steering } from "~/steering";
import { isThere, type LeftBranch, rememberLeaf } from "./branches";
import { type FilesFrom, giveFiles } from "./files";
import { liveBelow, replaceBelow } from "./live";
import type { Drizzle, Transaction } from "./open";
import { conversations, generations, messages, waitingPrompts } from "./schema";
import { indexMessageById, indexTitle } from "./search-index";
import { HELD, type WaitingPrompt } from "./waiting-prompts";

export type Message = typeof messages.$inferSelect;
export type NewMessage = Pick<Message, "id" | "parentId" | "role" | "content"> & {
  model?: string;
  /** What is attached to it; only on prompts. */
  files?: FilesFrom;
};

/** What one prompt writes, all of it or nothing. */
export interface NewTurn {
  ownerId: string;
  conversationId: string;
  /** Given for the first turn of a conversation. */
  title?: string;
  /** Of a new conversation: how its answers are to be written. */
  steering?: Steering;
  /** In order from parent to child; the last one is the answer to come. */
  messages: NewMessage[];
  generation: { id: string; model: string };
  /** Given where the turn is an alternative to a message that one was looking at. */
  left?: LeftBranch;
  /** Given where it must not be written while another answer at its parent or below is. */
  alone?: boolean;
  /** The message that the turn replaces: answers being written there or below it end. */
  replaces?: string;
  /** The waiting prompt that becomes a turn, as it was read; its row goes. Its files are for the message to take. */
  takes?: Pick<WaitingPrompt, "id" | "prompt" | "model" | "behindId">;
  now: number;
}

/**
 * What came of a turn. Nothing was written where an answer is being written and the turn is to be alone
 * (`live`), where the waiting prompt is not what it was when it was read (`changed`), or where its parent has
 * been deleted (`gone`).
 */
export type TurnOutcome = "written" | "live" | "changed" | "gone";

/** What `path_characters` of a message is: its parent's, and the length of its own text. */
export function charactersTo(parentId: string | null | SQL, content: string | SQL): SQL<number> {
  return sql`coalesce((select p.path_characters from messages p where p.id = ${parentId}), 0)
    + length(${content})`;
}

/** What `path_pictures` of a message is before it is given files: its parent's. */
export function picturesTo(parentId: string | null): SQL<number> {
  return sql`coalesce((select p.path_pictures from messages p where p.id = ${parentId}), 0)`;
}

/** How a conversation grows by a turn. Reading along branches is in db/branches.ts. */
export function messageQueries(db: Drizzle) {
  return {
    /** Writes a turn, its queued generation and the branch that it is on, in one transaction. */
    async addTurn(turn: NewTurn): Promise<TurnOutcome> {
      const { ownerId, conversationId, now } = turn;
      const answer = turn.messages.at(-1);
      if (!answer) throw new Error("a turn has at least the answer to come");
      return db.transaction((tx): TurnOutcome => {
        const parentId = turn.messages[0]?.parentId ?? null;
        if (parentId !== null && !isThere(tx, ownerId, parentId, conversationId)) return "gone";
        if (turn.alone && liveBelow(tx, conversationId, parentId)) return "live";
        if (turn.takes && !isWaiting(tx, ownerId, turn.takes)) return "changed";
        if (turn.title !== undefined) {
          tx.insert(conversations)
            .values({
              id: conversationId,
              ownerId,
              title: turn.title,
              ...(turn.steering ? { steering: turn.steering } : {}),
              leafId: answer.id,
              createdAt: now,
              updatedAt: now,
            })
            .run();
        } else {
          tx.update(conversations)
            .set({ leafId: answer.id, updatedAt: now })
            .where(and(eq(conversations.id, conversationId), eq(conversations.ownerId, ownerId)))
            .run();
        }
        for (const { files, ...message } of turn.messages) {
          tx.insert(messages)
            .values({
              ...message,
              ownerId,
              conversationId,
              pathCharacters: charactersTo(message.parentId, message.content),
              pathPictures: picturesTo(message.parentId),
              createdAt: now,
            })
            .run();
          if (message.parentId !== null) {
            tx.update(messages)
              .set({ chosenId: message.id })
              .where(eq(messages.id, message.parentId))
              .run();
          }
          if (files) giveFiles(tx, ownerId, message.id, files);
        }
        if (turn.left) rememberLeaf(tx, ownerId, conversationId, turn.left);
        tx.insert(generations)
          .values({
            ...turn.generation,
            ownerId,
            conversationId,
            messageId: answer.id,
            state: "queued",
            createdAt: now,
          })
          .run();
        if (turn.title !== undefined) indexTitle(tx, conversationId);
        // The answer to come has no text yet.
        for (const { id } of turn.messages.slice(0, -1)) indexMessageById(tx, id);
        // What is still attached to it goes with it, so it goes late.
        if (turn.takes) tx.delete(waitingPrompts).where(eq(waitingPrompts.id, turn.takes.id)).run();
        if (turn.replaces !== undefined) {
          replaceBelow(tx, conversationId, turn.replaces, { answerId: answer.id, now });
        }
        holdBehind(tx, conversationId, answer.id);
        return "written";
      });
    },

    /** The owner's message, or undefined. */
    async find(ownerId: string, id: string): Promise<Message | undefined> {
      return db
        .select()
        .from(messages)
        .where(and(eq(messages.ownerId, ownerId), eq(messages.id, id)))
        .get();
    },
  };
}

/** The prompts that are held in a conversation wait for the answer that begins now. */
function holdBehind(tx: Transaction, conversationId: string, answerId: string): void {
  tx.update(waitingPrompts)
    .set({ behindId: answerId })
    .where(and(eq(waitingPrompts.conversationId, conversationId), HELD))
    .run();
}

/** Whether the prompt still waits there, in these words: it may have been edited, moved or withdrawn since it was read. */
function isWaiting(
  tx: Transaction,
  ownerId: string,
  { id, prompt, model, behindId }: NonNullable<NewTurn["takes"]>,
): boolean {
  const waiting = tx
    .select()
    .from(waitingPrompts)
    .where(and(eq(waitingPrompts.ownerId, ownerId), eq(waitingPrompts.id, id)))
    .get();
  return waiting?.prompt === prompt && waiting.model === model && waiting.behindId === behindId;
}
