import { titleFrom } from "~/conversations/prompt";
import type { OwnerDb } from "~/db/db";
import type { WrittenConversation, WrittenMessage } from "~/db/transfer";
import {
  IMPORTED_ANSWER_BYTES,
  IMPORTED_FILES,
  IMPORTED_MESSAGE_FILES,
  IMPORTED_MESSAGES,
  PROMPT_BYTES,
  TITLE_CHARACTERS,
} from "~/limits";
import { mapInSteps, yielder } from "~/shared/in-steps";
import { retrySave } from "~/shared/promises";
import { LeftOut } from "./bad-file";
import type { GenerationFacts } from "./generation-facts";
import { type ImportedConversation, type ImportedMessage, ItemAllowance } from "./imported";
import { type FileStore, storeFiles } from "./store-files";

/** Limits of one transaction, so that other writers do not wait for long. */
const ROWS_AT_ONCE = 100;
const CHARACTERS_AT_ONCE = 128 * 1024;
const LEAVES_AT_ONCE = 200;

/** After `giveUp`, the next start removes a partial conversation that could not be removed at once. */
export type ImportTarget = { db: OwnerDb; giveUp: AbortSignal } & FileStore;

/** Writes in small transactions, visible once complete and undone on failure. Throws LeftOut; returns the number of missing files. */
export async function writeImported(
  target: ImportTarget,
  imported: ImportedConversation,
): Promise<{ lostFiles: number }> {
  const { db, giveUp } = target;
  const origins = [imported.origin, ...imported.alsoKnownAs];
  const ids = origins.flatMap((name) => (name.startsWith("parley:") ? [name.slice(7)] : []));
  if (await db.transfer.isHere({ ids, origins })) throw new LeftOut("It is here already.");
  check(imported);
  const begin = conversationOf(imported);
  try {
    const generationIds = await generationIdsOf(imported.messages);
    const writer = new MessageWriter(target, begin, imported, generationIds);
    await writer.write();
    return { lostFiles: writer.lostFiles };
  } catch (error) {
    await retrySave(() => db.transfer.discard(begin.id), giveUp);
    throw error;
  }
}

function conversationOf(imported: ImportedConversation): WrittenConversation {
  const { messages, titledBy, pinned, archived, steering, origin } = imported;
  const now = Date.now();
  const times = messages.map(({ createdAt }) => createdAt).filter((time) => time !== null);
  const createdAt = Math.min(imported.createdAt ?? times[0] ?? now, now);
  const title = titleOf(imported.title);
  const prompt = messages.find(({ role }) => role === "user")?.content ?? "";
  return {
    id: Bun.randomUUIDv7(),
    title: title || titleFrom(prompt) || "Untitled",
    titledBy: title ? titledBy : "prompt",
    ...{ pinned, archived, steering, importedFrom: origin, createdAt },
    updatedAt: Math.min(imported.updatedAt ?? times.at(-1) ?? createdAt, now),
  };
}

class MessageWriter {
  lostFiles = 0;
  readonly #target: ImportTarget;
  readonly #imported: ImportedConversation;
  readonly #generationIds: ReadonlyMap<GenerationFacts, string>;
  readonly #conversationId: string;
  readonly #ids: readonly string[];
  readonly #files = new ItemAllowance(IMPORTED_FILES, IMPORTED_MESSAGE_FILES);
  #begin: WrittenConversation | undefined;
  #createdAt: number;
  #pending: WrittenMessage[] = [];
  #rows = 0;
  #characters = 0;

  constructor(
    target: ImportTarget,
    begin: WrittenConversation,
    imported: ImportedConversation,
    generationIds: ReadonlyMap<GenerationFacts, string>,
  ) {
    this.#target = target;
    this.#begin = begin;
    this.#imported = imported;
    this.#generationIds = generationIds;
    this.#conversationId = begin.id;
    this.#createdAt = begin.createdAt;
    this.#ids = imported.messages.map(() => Bun.randomUUIDv7());
  }

  async write(): Promise<void> {
    const yieldIfDue = yielder();
    for (const [index, message] of this.#imported.messages.entries()) {
      await this.#add(index, message);
      if (this.#rows < ROWS_AT_ONCE && this.#characters < CHARACTERS_AT_ONCE) continue;
      await this.#flush();
      await yieldIfDue();
    }
    await this.#flush();
    await this.#writeLeaves();
    const show = { id: this.#conversationId, leafId: this.#idAt(this.#imported.leaf) };
    await this.#target.db.transfer.write({ messages: [], show });
  }

  async #add(index: number, imported: ImportedMessage): Promise<void> {
    const { role, content, thinking, model } = imported;
    const loose = await storeFiles(this.#target, this.#files.take(imported.files));
    this.lostFiles += imported.files.length - loose.length;
    // If unknown, the time of the previous message.
    this.#createdAt = imported.createdAt ?? this.#createdAt;
    const generations = this.#generationsOf(imported);
    const message = {
      ...{ role, content, thinking, model, createdAt: this.#createdAt },
      id: this.#ids[index] ?? "",
      conversationId: this.#conversationId,
      parentId: this.#idAt(imported.parent),
      chosenId: this.#idAt(imported.chosen),
    };
    const indexLater = content.length > CHARACTERS_AT_ONCE;
    this.#pending.push({ message, generations, loose, indexLater });
    this.#rows += 1 + generations.length + loose.length;
    this.#characters += content.length + thinking.length;
  }

  #generationsOf({ generations, model }: ImportedMessage): WrittenMessage["generations"] {
    return generations.flatMap((facts) => {
      const id = this.#generationIds.get(facts);
      return id === undefined ? [] : [{ ...facts, model: facts.model || (model ?? ""), id }];
    });
  }

  /** Lets other requests run first. */
  async #index(id: string): Promise<void> {
    await new Promise((resolve) => setImmediate(resolve));
    await this.#target.db.transfer.write({ messages: [], index: [id] });
  }

  async #flush(): Promise<void> {
    const pending = this.#pending;
    await this.#target.db.transfer.write({ begin: this.#begin, messages: pending });
    for (const { message, indexLater } of pending) {
      if (indexLater) await this.#index(message.id);
    }
    this.#begin = undefined;
    this.#pending = [];
    this.#rows = 0;
    this.#characters = 0;
  }

  async #writeLeaves(): Promise<void> {
    const yieldIfDue = yielder();
    const leaves = this.#imported.messages.flatMap(({ leaf }, index) => {
      const [id, leafId] = [this.#idAt(index), this.#idAt(leaf)];
      return id && leafId ? [[id, leafId] as const] : [];
    });
    for (let at = 0; at < leaves.length; at += LEAVES_AT_ONCE) {
      const some = leaves.slice(at, at + LEAVES_AT_ONCE);
      await this.#target.db.transfer.write({ messages: [], leaves: some });
      await yieldIfDue();
    }
  }

  #idAt(index: number | null): string | null {
    return index === null ? null : (this.#ids[index] ?? null);
  }
}

/** Generation ids in order of creation, since the newest is found by its id. */
async function generationIdsOf(
  messages: readonly ImportedMessage[],
): Promise<Map<GenerationFacts, string>> {
  const all = messages.flatMap(({ role, generations }) =>
    role === "assistant" ? generations : [],
  );
  all.sort((a, b) => a.createdAt - b.createdAt);
  return new Map(await mapInSteps(all, (facts) => [facts, Bun.randomUUIDv7()] as const));
}

function check({ messages }: ImportedConversation): void {
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

/** Size in UTF-8, or 0 if below every limit; a UTF-16 unit takes at most three bytes. */
function bytesOf(text: string): number {
  return text.length * 3 <= PROMPT_BYTES ? 0 : Buffer.byteLength(text);
}

function titleOf(text: string): string {
  const line = text.slice(0, 16 * TITLE_CHARACTERS).replace(/[\s\p{Cc}]+/gu, " ");
  return [...line.trim()].slice(0, TITLE_CHARACTERS).join("");
}
