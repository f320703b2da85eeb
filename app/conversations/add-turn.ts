import type { Conversation } from "~/db/conversations";
import type { OwnerDb } from "~/db/db";
import type { Message } from "~/db/messages";
import type { NewMessage, NewTurn, TurnOutcome } from "~/db/turns";
import { ParleyError } from "~/errors";
import type { Generations } from "~/generation/generations";
import type { Catalog } from "~/models/catalog";
import { stopAnswers } from "./stopping";

export interface TurnServices {
  db: OwnerDb;
  generations: Generations;
  catalog: Catalog;
}

export interface Turn
  extends Pick<NewTurn, "steering" | "left" | "alone" | "replaces" | "waiting" | "clientId"> {
  conversationId: string;
  title?: string;
  parentId: string | null;
  newMessages: Pick<NewMessage, "role" | "content" | "files">[];
  model: string;
}

/** Writes a turn, stops the answers that it replaces, then queues its answer. */
export async function addTurn(services: TurnServices, turn: Turn): Promise<TurnOutcome> {
  const { conversationId, title, parentId, newMessages, model, ...how } = turn;
  const messages: NewMessage[] = [];
  const append = (message: Omit<NewMessage, "id" | "parentId">) => {
    messages.push({
      id: Bun.randomUUIDv7(),
      parentId: messages.at(-1)?.id ?? parentId,
      ...message,
    });
  };
  for (const message of newMessages) append(message);
  append({ role: "assistant", content: "", model });
  const generation = { id: Bun.randomUUIDv7(), model };
  const outcome = await services.db.turns.add({
    conversationId,
    title,
    messages,
    generation,
    ...how,
    now: Date.now(),
  });
  if (outcome !== "written") return outcome;
  const messageId = messages.at(-1)?.id ?? "";
  try {
    if (how.replaces) await stopAnswers(services, conversationId, how.replaces);
  } finally {
    services.generations.enqueue({
      ...generation,
      ownerId: services.db.ownerId,
      conversationId,
      messageId,
    });
  }
  return outcome;
}

/** The message before a new turn: `leafId`, else the end of the viewed branch. Throws if it is gone. */
export async function leafOf(
  db: OwnerDb,
  conversation: Conversation,
  leafId: string | undefined,
): Promise<Message | undefined> {
  const id = leafId ?? conversation.leafId;
  const leaf = id === null ? undefined : await db.messages.find(id);
  if (leaf?.conversationId === conversation.id || (!leaf && leafId === undefined)) return leaf;
  throw leafGone();
}

export function leafGone(): ParleyError {
  return new ParleyError("message-unknown", "The message that this answers is gone.", {
    kind: "conflict",
    next: "Look at the conversation as it is now, then send the prompt again.",
  });
}

/** Throws if too many answers are queued. */
export function refuseIfQueueFull({ generations }: Pick<TurnServices, "generations">): void {
  if (generations.canQueue()) return;
  throw new ParleyError("queue-full", "Too many answers are waiting already.", {
    kind: "unavailable",
    next: "Your prompt is still here: send it again in a moment.",
  });
}

export function stillWriting(): ParleyError {
  return new ParleyError("still-writing", "An answer is still being written here.", {
    kind: "conflict",
    next: "Wait for it, or stop it, then send again.",
  });
}
