import type { LooseFile } from "~/db/files";
import type { NewMessage } from "~/db/turns";
import { ParleyError } from "~/errors";
import { readInstructions } from "~/steering/form";
import {
  addTurn,
  leafGone,
  leafOf,
  refuseIfQueueFull,
  stillWriting,
  type Turn,
  type TurnServices,
} from "./add-turn";
import { findConversation, findMessage, unknownMessage } from "./find";
import { checkModel, checkPrompt, checkVision, titleFrom } from "./prompt";
import { addWaitingPrompt, sendFirstHeld, sendNextIfFinished } from "./waiting-prompts";

export type { TurnServices } from "./add-turn";

/** Creates a conversation with a prompt and its queued answer; returns its id. */
export async function startConversation(
  services: TurnServices,
  form: {
    prompt: string;
    model: string | undefined;
    system?: string;
    files?: LooseFile[];
    clientId?: string;
  },
): Promise<string> {
  const { files = [] } = form;
  const prompt = checkPrompt(form.prompt, files);
  const model = checkModel(form.model);
  await checkVision(services.catalog, model, files);
  const conversationId = Bun.randomUUIDv7();
  const { system } = readInstructions(form.system);
  return addAnswered(services, {
    conversationId,
    title: titleFrom(prompt || (files[0]?.name ?? "")),
    parentId: null,
    steering: system === undefined ? undefined : { system },
    newMessages: [{ role: "user", content: prompt, ...attached(files) }],
    model,
    clientId: form.clientId,
  });
}

interface PromptForm {
  prompt: string;
  model: string | undefined;
  leafId?: string;
  files?: LooseFile[];
  clientId?: string;
}

/** Adds a prompt after `leafId`; it waits if an answer is live there. If others are held, sends the first of them. */
export async function addPrompt(
  services: TurnServices,
  conversationId: string,
  form: PromptForm,
): Promise<string> {
  const conversation = await findConversation(services.db, conversationId);
  const parent = await leafOf(services.db, conversation, form.leafId);
  const { files = [], clientId } = form;
  const prompt = checkPrompt(form.prompt, files);
  const model = checkModel(form.model ?? parent?.model ?? undefined);
  await checkVision(services.catalog, model, files);
  refuseIfQueueFull(services);
  const parentId = parent?.id ?? null;
  const waiting = { conversationId, prompt, model, clientId: clientId ?? null };
  for (;;) {
    const live = await services.db.generations.liveBelow(conversationId, parentId);
    if (live) {
      await addWaitingPrompt(services, { ...waiting, behindId: live }, files);
      // If the answer has ended meanwhile, nothing else would send the prompt.
      await sendNextIfFinished(services, conversationId, live);
      return conversationId;
    }
    const held = await services.db.waitingPrompts.firstHeld(conversationId);
    if (held) {
      await addWaitingPrompt(services, { ...waiting, behindId: held.behindId }, files);
      await sendFirstHeld(services, conversationId, parentId);
      return conversationId;
    }
    const newMessages = [{ role: "user" as const, content: prompt, ...attached(files) }];
    const turn = { conversationId, parentId, newMessages, model, alone: true, clientId };
    const outcome = await addTurn(services, turn);
    if (outcome === "written" || outcome === "repeated") return conversationId;
    if (outcome === "gone") throw leafGone();
  }
}

/** Asks for an alternative to an answer, or an answer to a prompt. Ends live answers there if the model is the same. */
export async function regenerate(
  services: TurnServices,
  messageId: string,
  form: { model: string | undefined; leafId?: string; clientId?: string },
): Promise<string> {
  const message = await findMessage(services.db, messageId);
  if (message.role !== "assistant" && message.role !== "user") throw unknownMessage();
  const isAnswer = message.role === "assistant";
  const model = checkModel(form.model ?? message.model ?? undefined);
  const replaces = isAnswer && model === message.model;
  return addAnswered(services, {
    conversationId: message.conversationId,
    parentId: isAnswer ? message.parentId : message.id,
    newMessages: [],
    model,
    clientId: form.clientId,
    ...(replaces ? { replaces: messageId } : {}),
    ...(isAnswer ? leftAt(messageId, form.leafId) : {}),
  });
}

/** Adds a changed prompt with the same files as an alternative; answers being written below the first one end. */
export async function editPrompt(
  services: TurnServices,
  messageId: string,
  form: { prompt: string; model: string | undefined; leafId?: string; clientId?: string },
): Promise<string> {
  const { conversationId, parentId } = await findMessage(services.db, messageId, "user");
  const files = (await services.db.files.ofMessages([messageId])).get(messageId);
  const prompt = checkPrompt(form.prompt, files);
  const [answer] = await services.db.branches.below(messageId, { messages: 1 });
  const model = checkModel(form.model ?? answer?.model ?? undefined);
  await checkVision(services.catalog, model, files ?? []);
  return addAnswered(services, {
    conversationId,
    parentId,
    newMessages: [
      { role: "user", content: prompt, ...(files ? { files: { message: messageId } } : {}) },
    ],
    model,
    clientId: form.clientId,
    replaces: messageId,
    ...leftAt(messageId, form.leafId),
  });
}

/** Continues an ended answer; throws if it already has a message after it. */
export async function continueAnswer(services: TurnServices, messageId: string): Promise<string> {
  const { id, conversationId, model } = await findMessage(services.db, messageId, "assistant");
  refuseIfQueueFull(services);
  const generation = {
    id: Bun.randomUUIDv7(),
    conversationId,
    messageId: id,
    model: checkModel(model ?? undefined),
  };
  const outcome = await services.db.generations.add({ ...generation, now: Date.now() });
  if (outcome === "live") throw stillWriting();
  if (outcome === "answered") throw answeredAlready();
  if (outcome === "gone") throw unknownMessage();
  // Read after `add`, since an earlier generation may have ended just before.
  const written = await services.db.messages.find(messageId);
  services.generations.enqueue({ ...generation, ownerId: services.db.ownerId }, written);
  return conversationId;
}

function answeredAlready(): ParleyError {
  return new ParleyError(
    "answered-already",
    "The conversation has gone on behind this answer, so it stays as it is.",
    { kind: "conflict", next: "Go back to the conversation and ask for another answer." },
  );
}

function attached(files: readonly LooseFile[]): Pick<NewMessage, "files"> {
  return files.length === 0 ? {} : { files: { loose: files.map(({ id }) => id) } };
}

function leftAt(messageId: string, leafId: string | undefined): Pick<Turn, "left"> {
  return leafId ? { left: { messageId, leafId } } : {};
}

async function addAnswered(services: TurnServices, turn: Turn): Promise<string> {
  refuseIfQueueFull(services);
  const outcome = await addTurn(services, turn);
  if (outcome === "gone") throw unknownMessage();
  const sent = outcome === "repeated" && (await services.db.turns.sentAs(turn.clientId ?? ""));
  return sent || turn.conversationId;
}
