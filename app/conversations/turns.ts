import type { Conversation } from "~/db/conversations";
import type { Db } from "~/db/db";
import type { Message, NewMessage } from "~/db/messages";
import { ParleyError } from "~/errors";
import type { Generations } from "~/generation/generations";
import { checkModel, checkPrompt, titleFrom } from "./prompt";

/** Where turns are written and answers come from. */
export interface Talk {
  db: Db;
  generations: Generations;
}

/**
 * Writes the first prompt and queues its answer; gives the id of the conversation. Throws a ParleyError,
 * with nothing written, if it may not.
 */
export async function startConversation(
  talk: Talk,
  ownerId: string,
  form: { prompt: string; model: string | undefined; system?: string },
): Promise<string> {
  const prompt = checkPrompt(form.prompt);
  const model = checkModel(form.model);
  const conversationId = Bun.randomUUIDv7();
  const system = form.system?.trim() ? [{ role: "system" as const, content: form.system }] : [];
  return addTurn(talk, ownerId, {
    conversationId,
    title: titleFrom(prompt),
    parentId: null,
    said: [...system, { role: "user", content: prompt }],
    model,
  });
}

/** Adds a prompt behind `leafId`, the last message of the branch that the person saw. */
export async function addPrompt(
  talk: Talk,
  ownerId: string,
  conversationId: string,
  form: { prompt: string; model: string | undefined; leafId?: string },
): Promise<string> {
  const conversation = await findConversation(talk.db, ownerId, conversationId);
  refuseWhileLive(talk, conversation);
  const parent = await leafOf(talk.db, conversation, form.leafId);
  const prompt = checkPrompt(form.prompt);
  const model = checkModel(form.model ?? parent?.model ?? undefined);
  return addTurn(talk, ownerId, {
    conversationId,
    parentId: parent?.id ?? null,
    said: [{ role: "user", content: prompt }],
    model,
  });
}

/** Asks for an alternative to an answer, from the same model unless another is named. */
export async function regenerate(
  talk: Talk,
  ownerId: string,
  messageId: string,
  model: string | undefined,
): Promise<string> {
  const answer = await findAnswer(talk, ownerId, messageId);
  return addTurn(talk, ownerId, {
    conversationId: answer.conversationId,
    parentId: answer.parentId,
    said: [],
    model: checkModel(model ?? answer.model ?? undefined),
  });
}

/** Lets the model go on where an answer ended. */
export async function continueAnswer(
  talk: Talk,
  ownerId: string,
  messageId: string,
): Promise<string> {
  const { id, conversationId, model } = await findAnswer(talk, ownerId, messageId);
  refuseWithoutRoom(talk);
  const generation = {
    id: Bun.randomUUIDv7(),
    ownerId,
    conversationId,
    messageId: id,
    model: checkModel(model ?? undefined),
  };
  await talk.db.generations.add({ ...generation, now: Date.now() });
  await talk.generations.enqueue(generation);
  return conversationId;
}

/** The owner's conversation; throws the 404 that absent and someone else's share. */
export async function findConversation(db: Db, ownerId: string, id: string): Promise<Conversation> {
  const conversation = await db.conversations.find(ownerId, id);
  if (conversation) return conversation;
  throw unknownConversation();
}

/** What absent, deleted and someone else's conversations have in common. */
export function unknownConversation(): ParleyError {
  return new ParleyError("conversation-unknown", "There is no such conversation.", {
    status: 404,
    next: "It may have been deleted. Begin a new one, or pick one from the list.",
  });
}

interface Turn {
  conversationId: string;
  title?: string;
  parentId: string | null;
  said: Pick<NewMessage, "role" | "content">[];
  model: string;
}

/** Written before anything else happens; the answer is queued after. Gives the conversation. */
async function addTurn(talk: Talk, ownerId: string, turn: Turn): Promise<string> {
  refuseWithoutRoom(talk);
  const { conversationId, model } = turn;
  const messages: NewMessage[] = [];
  const append = (message: Pick<NewMessage, "role" | "content" | "model">) => {
    const parentId = messages.at(-1)?.id ?? turn.parentId;
    messages.push({ id: Bun.randomUUIDv7(), parentId, ...message });
  };
  for (const message of turn.said) append(message);
  append({ role: "assistant", content: "", model });
  const generation = { id: Bun.randomUUIDv7(), model };
  await talk.db.messages.addTurn({
    ownerId,
    conversationId,
    ...(turn.title === undefined ? {} : { title: turn.title }),
    messages,
    generation,
    now: Date.now(),
  });
  const messageId = messages.at(-1)?.id ?? "";
  await talk.generations.enqueue({ ...generation, ownerId, conversationId, messageId });
  return conversationId;
}

async function findAnswer(talk: Talk, ownerId: string, id: string): Promise<Message> {
  const message = await talk.db.messages.find(ownerId, id);
  if (message?.role !== "assistant") {
    throw new ParleyError("message-unknown", "There is no such answer.", {
      status: 404,
      next: "It may have been deleted. Go back to the conversation.",
    });
  }
  await findConversation(talk.db, ownerId, message.conversationId);
  refuseWhileLive(talk, { id: message.conversationId, ownerId });
  return message;
}

async function leafOf(
  db: Db,
  conversation: Conversation,
  leafId: string | undefined,
): Promise<Message | undefined> {
  const id = leafId ?? conversation.leafId;
  const leaf = id === null ? undefined : await db.messages.find(conversation.ownerId, id);
  if (leaf?.conversationId === conversation.id || (!leaf && leafId === undefined)) return leaf;
  throw new ParleyError("message-unknown", "The message that this answers is gone.", {
    status: 409,
    next: "Look at the conversation as it is now, then send the prompt again.",
  });
}

function refuseWhileLive(
  { generations }: Talk,
  { id, ownerId }: Pick<Conversation, "id" | "ownerId">,
) {
  if (!generations.liveIn(ownerId, id)) return;
  throw new ParleyError("still-writing", "An answer is still being written here.", {
    status: 409,
    next: "Wait for it, or stop it, then send again.",
  });
}

function refuseWithoutRoom({ generations }: Talk) {
  if (generations.hasRoom()) return;
  throw new ParleyError("queue-full", "Too many answers are waiting already.", {
    status: 503,
    next: "Your prompt is still here: send it again in a moment.",
  });
}
