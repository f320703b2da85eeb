import { titleFrom } from "~/conversations/prompt";
import type { OwnerDb } from "~/db/db";
import type { ImportedConversation, ImportedMessage } from "~/db/transfer";
import {
  IMPORTED_ANSWER_BYTES,
  IMPORTED_FILES,
  IMPORTED_MESSAGE_FILES,
  IMPORTED_MESSAGES,
  PROMPT_BYTES,
  TITLE_CHARACTERS,
} from "~/limits";
import { mapInSteps, yielder } from "~/shared/in-steps";
import { retrySave } from "~/shared/retry-save";
import { LeftOut } from "./bad-file";
import type { Draft, DraftMessage } from "./draft";
import type { GenerationFacts } from "./generation-facts";
import { type FilesInto, keepFiles } from "./keep-files";
import { Room } from "./room";

/** What is written at once, so that nothing else waits for long. */
const ROWS_AT_ONCE = 100;
const CHARACTERS_AT_ONCE = 128 * 1024;
const PLACES_AT_ONCE = 200;

/**
 * Where conversations are written, and where the bytes of their files come from. While nothing can be saved, a
 * conversation that was begun is removed as soon as that is possible again, or by the next start after `giveUp`.
 */
export type Into = { db: OwnerDb; giveUp: AbortSignal } & FilesInto;

/**
 * Writes a conversation, all of it or nothing, and gives how many of its files could not be kept. It
 * is written in small steps between which everything else goes on, and seen when it is whole. Throws a LeftOut where it is here already or may not be.
 */
export async function writeDraft(into: Into, draft: Draft): Promise<{ lostFiles: number }> {
  const { db } = into;
  const names = [draft.origin, ...draft.alsoKnownAs];
  const ids = names.flatMap((name) => (name.startsWith("parley:") ? [name.slice(7)] : []));
  if (await db.transfer.isHere({ ids, origins: names })) {
    throw new LeftOut("It is here already.");
  }
  check(draft);
  const now = Date.now();
  const times = draft.messages.map(({ createdAt }) => createdAt).filter((time) => time !== null);
  const createdAt = Math.min(draft.createdAt ?? times[0] ?? now, now);
  const id = Bun.randomUUIDv7();
  const given = titleOf(draft.title);
  const prompt = draft.messages.find(({ role }) => role === "user")?.content ?? "";
  const begin: ImportedConversation = {
    id,
    title: given || titleFrom(prompt) || "Untitled",
    titledBy: given ? draft.titledBy : "prompt",
    pinned: draft.pinned,
    archived: draft.archived,
    steering: draft.steering,
    importedFrom: draft.origin,
    createdAt,
    updatedAt: Math.min(draft.updatedAt ?? times.at(-1) ?? createdAt, now),
  };
  try {
    return await writeParts(into, begin, draft);
  } catch (error) {
    await retrySave(() => db.transfer.giveUp(id), into.giveUp);
    throw error;
  }
}

async function writeParts(
  into: Into,
  conversation: ImportedConversation,
  draft: Draft,
): Promise<{ lostFiles: number }> {
  const { db } = into;
  const { id: conversationId } = conversation;
  const ids = draft.messages.map(() => Bun.randomUUIDv7());
  const idAt = (place: number | null) => (place === null ? null : (ids[place] ?? null));
  const generations = await generationIds(draft.messages);
  const files = new Room(IMPORTED_FILES, IMPORTED_MESSAGE_FILES);
  const yieldIfDue = yielder();
  let chunk: ImportedMessage[] = [];
  let rows = 0;
  let characters = 0;
  let lostFiles = 0;
  const leaves: [id: string, leaf: string][] = [];
  let { createdAt } = conversation;
  let begin: ImportedConversation | undefined = conversation;
  for (const [place, { leaf, ...draftMessage }] of draft.messages.entries()) {
    const id = ids[place] ?? "";
    createdAt = draftMessage.createdAt ?? createdAt;
    const leafId = idAt(leaf);
    if (leafId) leaves.push([id, leafId]);
    const loose = await keepFiles(into, files.take(draftMessage.files));
    lostFiles += draftMessage.files.length - loose.length;
    const { parent, chosen, role, content, thinking, model } = draftMessage;
    const own = draftMessage.generations.flatMap((facts) => {
      const generationId = generations.get(facts);
      if (generationId === undefined) return [];
      return [{ ...facts, model: facts.model || (model ?? ""), id: generationId }];
    });
    chunk.push({
      message: {
        ...{ role, content, thinking, model },
        id,
        conversationId,
        parentId: idAt(parent),
        chosenId: idAt(chosen),
        createdAt,
      },
      generations: own,
      loose,
    });
    rows += 1 + own.length + loose.length;
    characters += content.length + thinking.length;
    if (rows < ROWS_AT_ONCE && characters < CHARACTERS_AT_ONCE) continue;
    await db.transfer.write({ begin, messages: chunk });
    begin = undefined;
    chunk = [];
    rows = 0;
    characters = 0;
    await yieldIfDue();
  }
  await db.transfer.write({ begin, messages: chunk });
  for (let at = 0; at < leaves.length; at += PLACES_AT_ONCE) {
    await db.transfer.write({ messages: [], leaves: leaves.slice(at, at + PLACES_AT_ONCE) });
    await yieldIfDue();
  }
  await db.transfer.write({
    messages: [],
    show: { id: conversationId, leafId: idAt(draft.leaf) },
  });
  return { lostFiles };
}

/** Ids in the order of their beginnings, which the newest is found by. */
async function generationIds(
  messages: readonly DraftMessage[],
): Promise<Map<GenerationFacts, string>> {
  const all = messages.flatMap(({ role, generations }) =>
    role === "assistant" ? generations : [],
  );
  all.sort((a, b) => a.createdAt - b.createdAt);
  return new Map(await mapInSteps(all, (facts) => [facts, Bun.randomUUIDv7()] as const));
}

function check({ messages }: Draft): void {
  if (messages.length === 0) throw new LeftOut("There is no message in it.");
  if (messages.length > IMPORTED_MESSAGES) {
    throw new LeftOut(`It has more than ${IMPORTED_MESSAGES.toLocaleString("en")} messages.`);
  }
  for (const { role, content, thinking } of messages) {
    const most = role === "assistant" ? IMPORTED_ANSWER_BYTES : PROMPT_BYTES;
    if (bytesOf(content) > most || bytesOf(thinking) > most) {
      const what = role === "assistant" ? "An answer" : "A prompt";
      throw new LeftOut(`${what} in it is longer than ${most / 1024 / 1024} MiB.`);
    }
  }
}

function bytesOf(text: string): number {
  // Nothing has more than three bytes for each unit of its length.
  return text.length * 3 <= PROMPT_BYTES ? 0 : Buffer.byteLength(text);
}

/** A title on one line, at the length that titles have. */
function titleOf(text: string): string {
  const line = text.slice(0, 16 * TITLE_CHARACTERS).replace(/[\s\p{Cc}]+/gu, " ");
  return [...line.trim()].slice(0, TITLE_CHARACTERS).join("");
}
