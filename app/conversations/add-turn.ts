import type { Conversation } from "~/db/conversations";
import type { OwnerDb } from "~/db/db";
import type { Message } from "~/db/messages";
import type { NewMessage, NewTurn, TurnOutcome } from "~/db/turns";
import { ParleyError } from "~/errors";
import type { Generations } from "~/generation/generations";
import type { Catalog } from "~/models/catalog";
import { stopAnswers } from "./stopping";

/** What turns need: the rows of the person, the models, and what writes answers. */
export interface TurnServices {
  db: OwnerDb;
  generations: Generations;
  catalog: Catalog;
}

/** A turn before its messages have ids. */
export interface Turn
  extends Pick<NewTurn, "steering" | "left" | "alone" | "replaces" | "takes" | "clientId"> {
  conversationId: string;
  title?: string;
  parentId: string | null;
  said: Pick<NewMessage, "role" | "content" | "files">[];
  model: string;
}

/**
 * Written before anything else happens; the answer is queued after, once what it replaces has been stopped.
 * Nothing is queued of what was not written.
 */
export async function addTurn(services: TurnServices, turn: Turn): Promise<TurnOutcome> {
  const { conversationId, title, parentId, said, model, ...how } = turn;
  const messages: NewMessage[] = [];
  const append = (message: Omit<NewMessage, "id" | "parentId">) => {
    messages.push({
      id: Bun.randomUUIDv7(),
      parentId: messages.at(-1)?.id ?? parentId,
      ...message,
    });
  };
  for (const message of said) append(message);
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
    await services.generations.enqueue({
      ...generation,
      ownerId: services.db.ownerId,
      conversationId,
      messageId,
    });
  }
  return outcome;
}

/** The message that a turn is to follow: `leafId`, else the end of the branch that is looked at. Throws a 409 where it is gone. */
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

/** The 409 of a prompt whose place in the conversation has been deleted. */
export function leafGone(): ParleyError {
  return new ParleyError("message-unknown", "The message that this answers is gone.", {
    kind: "conflict",
    next: "Look at the conversation as it is now, then send the prompt again.",
  });
}

/** Throws the 503 of a server on which too many answers wait. */
export function refuseIfQueueFull({ generations }: Pick<TurnServices, "generations">): void {
  if (generations.canQueue()) return;
  throw new ParleyError("queue-full", "Too many answers are waiting already.", {
    kind: "unavailable",
    next: "Your prompt is still here: send it again in a moment.",
  });
}

/** The 409 of what cannot be done while an answer is being written. */
export function stillWriting(): ParleyError {
  return new ParleyError("still-writing", "An answer is still being written here.", {
    kind: "conflict",
    next: "Wait for it, or stop it, then send again.",
  });
}
