import type { Conversation } from "~/db/conversations";
import type { Db } from "~/db/db";
import type { LooseFile } from "~/db/files";
import type { NewWaitingPrompt, WaitingPrompt, Withdrawn } from "~/db/waiting-prompts";
import { ParleyError } from "~/errors";
import type { Ended } from "~/generation/generations";
import { QUEUED_PROMPTS } from "~/limits";
import { addTurn, leafOf, refuseIfQueueFull, stillWriting, type TurnServices } from "./add-turn";
import { unknownConversation } from "./find";
import { checkModel, checkPrompt } from "./prompt";
import { checkVision } from "./vision";

/** Keeps a checked prompt for later, behind those that wait in its conversation; throws where they are too many. */
export async function keepWaiting(
  { db }: Pick<TurnServices, "db">,
  prompt: Omit<NewWaitingPrompt, "id" | "createdAt">,
  files: readonly LooseFile[],
): Promise<void> {
  const waiting = { id: Bun.randomUUIDv7(), ...prompt, createdAt: Date.now() };
  const fileIds = files.map(({ id }) => id);
  const outcome = await db.waitingPrompts.add(waiting, fileIds, QUEUED_PROMPTS);
  if (outcome === "added" || outcome === "repeated") return;
  if (outcome === "gone") throw unknownConversation();
  throw new ParleyError(
    "waiting-full",
    `${QUEUED_PROMPTS} prompts are waiting here already, and more may not.`,
    { kind: "conflict", next: "Wait for an answer or withdraw one; your text is still here." },
  );
}

/** The owner's waiting prompt and where it waits; throws the 404 that absent and someone else's share. */
export async function findWaiting(
  { db }: Pick<TurnServices, "db">,
  id: string,
): Promise<{ waiting: WaitingPrompt; conversation: Conversation }> {
  const waiting = await db.waitingPrompts.find(id);
  const conversation = waiting && (await db.conversations.find(waiting.conversationId));
  if (!conversation) throw unknownPrompt();
  return { waiting, conversation };
}

/** Takes a waiting prompt back and gives what it said; throws where it does not wait. */
export async function withdrawPrompt(
  services: Pick<TurnServices, "db">,
  id: string,
): Promise<Withdrawn> {
  await findWaiting(services, id);
  const withdrawn = await services.db.waitingPrompts.remove(id, Date.now());
  if (!withdrawn) throw unknownPrompt();
  return withdrawn;
}

/**
 * Puts a waiting prompt in other words, in its place in the order, and gives its conversation. Throws for words
 * that cannot be taken, and where it does not wait.
 */
export async function editWaiting(
  { db, catalog }: Pick<TurnServices, "db" | "catalog">,
  id: string,
  form: { prompt: string; model: string | undefined },
): Promise<string> {
  const { waiting } = await findWaiting({ db }, id);
  const files = (await db.files.ofWaitingPrompts([id])).get(id) ?? [];
  const prompt = checkPrompt(form.prompt, files);
  const model = checkModel(form.model ?? waiting.model);
  await checkVision(catalog, model, files);
  if (!(await db.waitingPrompts.edit(id, { prompt, model }))) throw unknownPrompt();
  return waiting.conversationId;
}

/**
 * Sends a prompt that was held, before those that wait with it, behind the message that the person saw last.
 * Gives its conversation; throws where it waits no longer, or where an answer is being written.
 */
export async function sendWaiting(
  services: TurnServices,
  id: string,
  leafId: string | undefined,
): Promise<string> {
  for (;;) {
    const { waiting, conversation } = await findWaiting(services, id);
    const parent = await leafOf(services.db, conversation, leafId);
    refuseIfQueueFull(services);
    const outcome = await becomeTurn(services, waiting, parent?.id ?? null);
    if (outcome === "live") throw stillWriting();
    if (outcome === "written") return waiting.conversationId;
  }
}

/**
 * Sends the first prompt that is held in a conversation, as the turn behind `parentId`, unless an answer is
 * being written there.
 */
export async function sendHeld(
  services: TurnServices,
  conversationId: string,
  parentId: string | null,
): Promise<void> {
  for (;;) {
    const held = await services.db.waitingPrompts.firstHeld(conversationId);
    if (!held || (await becomeTurn(services, held, parentId)) !== "changed") return;
  }
}

/**
 * When an answer is finished, the first prompt that waits for it is asked; after any other end they hold. Asks
 * nobody for room: the prompt takes the place of the answer before it.
 */
export async function goOn(
  services: TurnServices,
  { ids, state }: Pick<Ended, "ids" | "state">,
): Promise<void> {
  if (state !== "finished") return;
  const { conversationId, messageId } = ids;
  if (!(await services.db.conversations.find(conversationId))) return;
  for (;;) {
    const first = await services.db.waitingPrompts.firstBehind(conversationId, messageId);
    if (!first || (await becomeTurn(services, first, messageId)) !== "changed") return;
  }
}

/** Goes on, after a start, wherever a crash came between the end of an answer and the prompt behind it. */
export async function goOnEverywhere({
  db,
  ...rest
}: Omit<TurnServices, "db"> & { db: Db }): Promise<void> {
  for (const { ownerId, conversationId, behindId } of await db.upkeep.waitingPrompts.answers()) {
    await goOnBehind({ db: db.of(ownerId), ...rest }, conversationId, behindId);
  }
}

/** Goes on behind an answer if it is finished; for whoever may have come too late for its end. */
export async function goOnBehind(
  services: TurnServices,
  conversationId: string,
  messageId: string,
): Promise<void> {
  const [newest] = await services.db.generations.newestOf([messageId]);
  if (newest?.state !== "finished") return;
  const ids = {
    ownerId: services.db.ownerId,
    conversationId,
    messageId,
    generationId: newest.id,
    model: newest.model,
  };
  await goOn(services, { ids, state: newest.state });
}

function becomeTurn(services: TurnServices, waiting: WaitingPrompt, parentId: string | null) {
  const { conversationId, id, prompt, model, behindId, clientId } = waiting;
  return addTurn(services, {
    conversationId,
    parentId,
    said: [{ role: "user", content: prompt, files: { waitingPrompt: id } }],
    model,
    alone: true,
    takes: { id, prompt, model, behindId, clientId },
  });
}

/** The 404 of a prompt that does not wait. */
export function unknownPrompt(): ParleyError {
  return new ParleyError("waiting-prompt-unknown", "There is no such waiting prompt.", {
    kind: "unknown",
    next: "It may have been sent or withdrawn meanwhile. Go back to the conversation.",
  });
}
