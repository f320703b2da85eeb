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
import { checkModel, checkPrompt, titleFrom } from "./prompt";
import { checkVision } from "./vision";
import { goOnBehind, keepWaiting, sendHeld } from "./waiting-prompts";

export type { TurnServices } from "./add-turn";

/**
 * Writes the first prompt and queues its answer; gives the id of the conversation. Throws a ParleyError,
 * with nothing written, if it may not.
 */
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
    ...(system === undefined ? {} : { steering: { system } }),
    said: [{ role: "user", content: prompt, ...attached(files) }],
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

/**
 * Adds a prompt behind `leafId`, the last message of the branch that the person saw. While an answer is being
 * written there it waits; where others hold it joins them, and the first of them is asked.
 */
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
      await keepWaiting(services, { ...waiting, behindId: live }, files);
      // It may have ended since, and then nobody else would ask what waits for it.
      await goOnBehind(services, conversationId, live);
      return conversationId;
    }
    const held = await services.db.waitingPrompts.firstHeld(conversationId);
    if (held) {
      await keepWaiting(services, { ...waiting, behindId: held.behindId }, files);
      await sendHeld(services, conversationId, parentId);
      return conversationId;
    }
    const said = [{ role: "user" as const, content: prompt, ...attached(files) }];
    const turn = { conversationId, parentId, said, model, alone: true, clientId };
    const outcome = await addTurn(services, turn);
    if (outcome === "written" || outcome === "repeated") return conversationId;
    if (outcome === "gone") throw leafGone();
  }
}

/**
 * Asks for an alternative to an answer, from the same model unless another is named; of a prompt it asks for
 * an answer. Asking the same model again ends what is being written at the answer or below it; another
 * model writes beside it. `leafId` is where one was below the message, for whoever comes back to it.
 */
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
    said: [],
    model,
    clientId: form.clientId,
    ...(replaces ? { replaces: messageId } : {}),
    ...(isAnswer ? leftAt(messageId, form.leafId) : {}),
  });
}

/**
 * Asks a prompt in other words, with the same files: what was said before stays as an alternative, and
 * answers being written below it end. `leafId` as for `regenerate`.
 */
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
    said: [{ role: "user", content: prompt, ...(files ? { files: { message: messageId } } : {}) }],
    model,
    clientId: form.clientId,
    replaces: messageId,
    ...leftAt(messageId, form.leafId),
  });
}

/** Lets the model go on where an answer ended; throws where the conversation has gone on behind it. */
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
  await services.generations.enqueue({ ...generation, ownerId: services.db.ownerId });
  return conversationId;
}

/** What follows was said to the answer as it stands. */
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

/** Adds a turn if its answer may wait. Gives the conversation: of a form that was taken before, the one of then. */
async function addAnswered(services: TurnServices, turn: Turn): Promise<string> {
  refuseIfQueueFull(services);
  const outcome = await addTurn(services, turn);
  if (outcome === "gone") throw unknownMessage();
  const sent = outcome === "repeated" && (await services.db.turns.sentAs(turn.clientId ?? ""));
  return sent || turn.conversationId;
}
