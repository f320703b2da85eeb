import type { LeftBranch } from "~/db/branches";
import type { Conversation } from "~/db/conversations";
import type { Db } from "~/db/db";
import type { LooseFile } from "~/db/files";
import type { Message, NewMessage } from "~/db/messages";
import { ParleyError } from "~/errors";
import type { Generations } from "~/generation/generations";
import type { Catalog } from "~/models/catalog";
import type { Steering } from "~/steering";
import { findConversation, findMessage, unknownMessage } from "./find";
import { checkModel, checkPrompt, titleFrom } from "./prompt";
import { checkSight } from "./sight";
import { readInstructions } from "./steering";

/** Where turns are written and answers come from. */
export interface Talk {
  db: Db;
  generations: Generations;
  catalog: Catalog;
}

/**
 * Writes the first prompt and queues its answer; gives the id of the conversation. Throws a ParleyError,
 * with nothing written, if it may not.
 */
export async function startConversation(
  talk: Talk,
  ownerId: string,
  form: { prompt: string; model: string | undefined; system?: string; files?: LooseFile[] },
): Promise<string> {
  const { files = [] } = form;
  const prompt = checkPrompt(form.prompt, files);
  const model = checkModel(form.model);
  await checkSight(talk.catalog, model, files);
  const conversationId = Bun.randomUUIDv7();
  const { system } = readInstructions(form.system);
  return addTurn(talk, ownerId, {
    conversationId,
    title: titleFrom(prompt || (files[0]?.name ?? "")),
    parentId: null,
    ...(system === undefined ? {} : { steering: { system } }),
    said: [{ role: "user", content: prompt, ...attached(files) }],
    model,
  });
}

/** Adds a prompt behind `leafId`, the last message of the branch that the person saw. */
export async function addPrompt(
  talk: Talk,
  ownerId: string,
  conversationId: string,
  form: { prompt: string; model: string | undefined; leafId?: string; files?: LooseFile[] },
): Promise<string> {
  const conversation = await findConversation(talk.db, ownerId, conversationId);
  refuseWhileLive(talk, conversation);
  const parent = await leafOf(talk.db, conversation, form.leafId);
  const { files = [] } = form;
  const prompt = checkPrompt(form.prompt, files);
  const model = checkModel(form.model ?? parent?.model ?? undefined);
  await checkSight(talk.catalog, model, files);
  return addTurn(talk, ownerId, {
    conversationId,
    parentId: parent?.id ?? null,
    said: [{ role: "user", content: prompt, ...attached(files) }],
    model,
  });
}

/**
 * Asks for an alternative to an answer, from the same model unless another is named; of a prompt it asks for
 * an answer. `leafId` is where one was below the message, for whoever comes back to it.
 */
export async function regenerate(
  talk: Talk,
  ownerId: string,
  messageId: string,
  form: { model: string | undefined; leafId?: string | undefined },
): Promise<string> {
  const message = await findMessage(talk.db, ownerId, messageId);
  if (message.role !== "assistant" && message.role !== "user") throw unknownMessage();
  refuseWhileLive(talk, { id: message.conversationId, ownerId });
  const isAnswer = message.role === "assistant";
  return addTurn(talk, ownerId, {
    conversationId: message.conversationId,
    parentId: isAnswer ? message.parentId : message.id,
    said: [],
    model: checkModel(form.model ?? message.model ?? undefined),
    ...(isAnswer ? leftAt(messageId, form.leafId) : {}),
  });
}

/**
 * Asks a prompt in other words, with the same files: what was said before stays as an alternative. `leafId`
 * as for `regenerate`.
 */
export async function editPrompt(
  talk: Talk,
  ownerId: string,
  messageId: string,
  form: { prompt: string; model: string | undefined; leafId?: string | undefined },
): Promise<string> {
  const { conversationId, parentId } = await findMessage(talk.db, ownerId, messageId, "user");
  refuseWhileLive(talk, { id: conversationId, ownerId });
  const files = (await talk.db.files.ofMessages(ownerId, [messageId])).get(messageId);
  const prompt = checkPrompt(form.prompt, files);
  const [answer] = await talk.db.branches.below(ownerId, messageId, 1);
  return addTurn(talk, ownerId, {
    conversationId,
    parentId,
    said: [{ role: "user", content: prompt, ...(files ? { files: { message: messageId } } : {}) }],
    model: checkModel(form.model ?? answer?.model ?? undefined),
    ...leftAt(messageId, form.leafId),
  });
}

/** Lets the model go on where an answer ended. */
export async function continueAnswer(
  talk: Talk,
  ownerId: string,
  messageId: string,
): Promise<string> {
  const { id, conversationId, model } = await findMessage(talk.db, ownerId, messageId, "assistant");
  refuseWhileLive(talk, { id: conversationId, ownerId });
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

function attached(files: readonly LooseFile[]): Pick<NewMessage, "files"> {
  return files.length === 0 ? {} : { files: { loose: files.map(({ id }) => id) } };
}

interface Turn {
  conversationId: string;
  title?: string;
  steering?: Steering;
  parentId: string | null;
  said: Pick<NewMessage, "role" | "content" | "files">[];
  model: string;
  left?: LeftBranch;
}

function leftAt(messageId: string, leafId: string | undefined): Pick<Turn, "left"> {
  return leafId ? { left: { messageId, leafId } } : {};
}

/** Written before anything else happens; the answer is queued after. Gives the conversation. */
async function addTurn(talk: Talk, ownerId: string, turn: Turn): Promise<string> {
  refuseWithoutRoom(talk);
  const { conversationId, model } = turn;
  const messages: NewMessage[] = [];
  const append = (message: Omit<NewMessage, "id" | "parentId">) => {
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
    ...(turn.steering === undefined ? {} : { steering: turn.steering }),
    messages,
    generation,
    ...(turn.left ? { left: turn.left } : {}),
    now: Date.now(),
  });
  const messageId = messages.at(-1)?.id ?? "";
  await talk.generations.enqueue({ ...generation, ownerId, conversationId, messageId });
  return conversationId;
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
