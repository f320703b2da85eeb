import type { Conversation } from "~/db/conversations";
import type { Db } from "~/db/db";
import type { LooseFile } from "~/db/files";
import type { NewWaitingPrompt, WaitingPrompt, Withdrawn } from "~/db/waiting-prompts";
import { ParleyError } from "~/errors";
import type { Ended } from "~/generation/generations";
import { QUEUED_PROMPTS } from "~/limits";
import { addTurn, leafOf, refuseIfQueueFull, stillWriting, type TurnServices } from "./add-turn";
import { unknownConversation } from "./find";
import { checkModel, checkPrompt, checkVision } from "./prompt";

/** Adds a checked prompt to the waiting ones of its conversation; throws if they are too many. */
export async function addWaitingPrompt(
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

/** The owner's waiting prompt and its conversation; throws if it is unknown. */
export async function findWaiting(
  { db }: Pick<TurnServices, "db">,
  id: string,
): Promise<{ waiting: WaitingPrompt; conversation: Conversation }> {
  const waiting = await db.waitingPrompts.find(id);
  const conversation = waiting && (await db.conversations.find(waiting.conversationId));
  if (!conversation) throw unknownPrompt();
  return { waiting, conversation };
}

/** Deletes and returns a waiting prompt; throws if it is not waiting. */
export async function withdrawPrompt(
  services: Pick<TurnServices, "db">,
  id: string,
): Promise<Withdrawn> {
  await findWaiting(services, id);
  const withdrawn = await services.db.waitingPrompts.remove(id, Date.now());
  if (!withdrawn) throw unknownPrompt();
  return withdrawn;
}

/** Edits a waiting prompt in its place and returns its conversation; throws if it is not waiting. */
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

/** Sends a held prompt first, after `leafId`; returns its conversation. Throws if an answer is being written. */
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

/** Sends the first held prompt after `parentId`, unless an answer is being written there. */
export async function sendFirstHeld(
  services: TurnServices,
  conversationId: string,
  parentId: string | null,
): Promise<void> {
  for (;;) {
    const held = await services.db.waitingPrompts.firstHeld(conversationId);
    if (!held || (await becomeTurn(services, held, parentId)) !== "changed") return;
  }
}

/** Sends the first prompt that waits for a finished answer, even if the queue is full: it takes the answer's place. */
export async function sendNext(
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

/** At the start: sends prompts whose answers finished just before a crash. */
export async function sendAllNext({
  db,
  ...rest
}: Omit<TurnServices, "db"> & { db: Db }): Promise<void> {
  for (const {
    ownerId,
    conversationId,
    behindId,
  } of await db.upkeep.recovery.answersWithWaiting()) {
    await sendNextIfFinished({ db: db.of(ownerId), ...rest }, conversationId, behindId);
  }
}

/** Sends the next prompt if the answer has already finished. */
export async function sendNextIfFinished(
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
  await sendNext(services, { ids, state: newest.state });
}

function becomeTurn(services: TurnServices, waiting: WaitingPrompt, parentId: string | null) {
  const { conversationId, id, prompt, model, behindId, clientId } = waiting;
  return addTurn(services, {
    conversationId,
    parentId,
    newMessages: [{ role: "user", content: prompt, files: { waitingPrompt: id } }],
    model,
    alone: true,
    waiting: { id, prompt, model, behindId, clientId },
  });
}

export function unknownPrompt(): ParleyError {
  return new ParleyError("waiting-prompt-unknown", "There is no such waiting prompt.", {
    kind: "unknown",
    next: "It may have been sent or withdrawn meanwhile. Go back to the conversation.",
  });
}
