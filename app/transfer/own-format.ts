import type { Attachment, WholeConversation } from "~/db/transfer";
import { IMPORTED_GENERATIONS, IMPORTED_MESSAGE_GENERATIONS } from "~/limits";
import { mapInSteps, yielder } from "~/shared/in-steps";
import type { Steering } from "~/steering/steering";
import { counted, type Draft, type DraftFile, type DraftMessage, roleOf } from "./draft";
import { fingerprint } from "./fingerprint";
import { factsOf, type GenerationRecord, generationRecord } from "./generation-facts";
import { Room } from "./room";
import { steeringOf } from "./steering-values";
import { leafBelow, plant, type Seed } from "./tree";
import {
  idOf,
  type JsonObject,
  listOf,
  nameOf,
  numberOf,
  objectOf,
  textOf,
  timeOf,
} from "./values";

const FORMAT = "parley-conversation";
/** Raised when a reader of the version before would misread a file. */
const VERSION = 1;

/**
 * A conversation as a file: all of it, with every branch. Times are dates (ISO 8601, UTC); what is empty or not
 * known is left out. Messages stand in the order of their making, parents before children.
 */
export interface ConversationFile {
  format: typeof FORMAT;
  version: typeof VERSION;
  id: string;
  title: string;
  titledBy: "prompt" | "model" | "person";
  /** Where it had come from, if it had been imported. */
  importedFrom?: string;
  pinned: boolean;
  archived: boolean;
  createdAt: string;
  updatedAt: string;
  steering?: Steering;
  /** The last message of the branch that was looked at. */
  leaf?: string;
  messages: MessageRecord[];
}

interface MessageRecord {
  id: string;
  parent?: string;
  role: DraftMessage["role"];
  content: string;
  thinking?: string;
  model?: string;
  /** Where one was below this message when one left it for an alternative. */
  leaf?: string;
  /** Which of the messages after this one was looked at last, where there are several. */
  chosen?: string;
  createdAt: string;
  /** How the answer came to be, each time that it was begun or continued. */
  generations?: GenerationRecord[];
  files?: FileRecord[];
}

interface FileRecord {
  name: string;
  /** SHA-256 of the bytes: in an archive they are the file `files/<hash>`. */
  hash: string;
  mediaType: string;
  size: number;
  /** Of a picture, in pixels. */
  width?: number;
  height?: number;
  /** The bytes themselves in base64, where the conversation is a file of its own. */
  bytes?: string;
}

/**
 * The text of a file, message by message, with everything else going on meanwhile: a long conversation as one
 * text would hold everybody up.
 */
export async function* fileParts(file: ConversationFile): AsyncGenerator<string, void> {
  const { messages, ...head } = file;
  const yieldIfDue = yielder();
  yield `${JSON.stringify(head, null, 2).slice(0, -2)},\n  "messages": [`;
  let before = "\n";
  for (const message of messages) {
    yield before + indented(message, 4);
    before = ",\n";
    await yieldIfDue();
  }
  yield messages.length > 0 ? "\n  ]\n}" : "]\n}";
}

function indented(value: unknown, by: number): string {
  const pad = " ".repeat(by);
  return pad + JSON.stringify(value, null, 2).replaceAll("\n", `\n${pad}`);
}

/** The file of a conversation; `base64Of` gives the bytes of a file that is to go with it, or null. */
export async function conversationFile(
  whole: WholeConversation,
  base64Of: (hash: string) => string | null,
): Promise<ConversationFile> {
  const { conversation } = whole;
  const generations = Map.groupBy(whole.generations, ({ messageId }) => messageId);
  const attachments = Map.groupBy(whole.attachments, ({ messageId }) => messageId);
  return {
    format: FORMAT,
    version: VERSION,
    id: conversation.id,
    title: conversation.title,
    titledBy: conversation.titledBy,
    ...optional("importedFrom", conversation.importedFrom),
    pinned: conversation.pinned,
    archived: conversation.archived,
    createdAt: date(conversation.createdAt),
    updatedAt: date(conversation.updatedAt),
    ...(Object.keys(conversation.steering).length > 0 ? { steering: conversation.steering } : {}),
    ...optional("leaf", conversation.leafId),
    messages: await mapInSteps(whole.messages, (message) => ({
      id: message.id,
      ...optional("parent", message.parentId),
      role: message.role,
      content: message.content,
      ...optional("thinking", message.thinking),
      ...optional("model", message.model),
      ...optional("leaf", message.leafId),
      ...optional("chosen", message.chosenId),
      createdAt: date(message.createdAt),
      ...some("generations", generations.get(message.id)?.map(generationRecord)),
      ...some(
        "files",
        attachments.get(message.id)?.map((file) => fileRecord(file, base64Of(file.hash))),
      ),
    })),
  };
}

function fileRecord(file: Attachment, base64: string | null): FileRecord {
  const { name, hash, mediaType, size, width, height } = file;
  return {
    name,
    hash,
    mediaType,
    size,
    ...optional("width", width),
    ...optional("height", height),
    ...optional("bytes", base64),
  };
}

/** Whether an object is a conversation of ours, of whatever version. */
export function isOwn(value: JsonObject): boolean {
  return value.format === FORMAT;
}

/** Whether it was written by a version that this one cannot read. */
export function isNewer(value: JsonObject): boolean {
  return (numberOf(value.version) ?? 0) > VERSION;
}

/** A conversation of ours, read from its file. */
export async function fromOwn(value: JsonObject): Promise<Draft> {
  const records = listOf(value.messages).map(objectOf);
  let unknown = 0;
  const generations = new Room(IMPORTED_GENERATIONS, IMPORTED_MESSAGE_GENERATIONS);
  const seeds = await mapInSteps(
    records,
    (record, index): Seed<{ record: JsonObject; message: DraftMessage }> => {
      const message = messageOf(record, generations);
      if (!message) unknown++;
      const id = idOf(record.id) ?? `#${index}`;
      return { id, parent: idOf(record.parent), value: message && { record, message } };
    },
  );
  const yieldIfDue = yielder();
  const tree = plant(seeds);
  await yieldIfDue();
  const leafOf = (id: unknown) => tree.place(idOf(id));
  const messages = tree.items.map(({ value: { record, message }, parent }) => ({
    ...message,
    parent,
    leaf: leafOf(record.leaf),
    chosen: leafOf(record.chosen),
  }));
  const from = nameOf(value.importedFrom);
  const { steering, faults } = steeringOf(objectOf(value.steering));
  const name = `parley:${nameOf(value.id) ?? fingerprint(value)}`;
  const looked = leafOf(value.leaf) ?? (messages.length > 0 ? messages.length - 1 : null);
  return {
    origin: from ?? name,
    alsoKnownAs: from ? [name] : [],
    title: textOf(value.title),
    titledBy: (["prompt", "model"] as const).find((by) => by === value.titledBy) ?? "person",
    pinned: value.pinned === true,
    archived: value.archived === true,
    steering,
    createdAt: timeOf(value.createdAt),
    updatedAt: timeOf(value.updatedAt),
    messages,
    leaf: looked === null ? null : leafBelow(messages, looked),
    without: [
      ...counted(
        unknown + tree.circular + tree.doubled,
        "message that could not be read",
        "messages that could not be read",
      ),
      ...counted(Object.keys(faults).length, "option"),
      ...counted(generations.leftOut, "generation"),
    ],
  };
}

function messageOf(record: JsonObject, generations: Room): DraftMessage | null {
  const role = roleOf(record.role);
  if (!role || typeof record.content !== "string") return null;
  return {
    parent: null,
    role,
    content: textOf(record.content),
    thinking: textOf(record.thinking),
    model: nameOf(record.model),
    leaf: null,
    chosen: null,
    createdAt: timeOf(record.createdAt),
    generations: generations.take(listOf(record.generations)).map(objectOf).map(factsOf),
    files: listOf(record.files).map(objectOf).flatMap(fileOf),
  };
}

function fileOf(record: JsonObject): DraftFile[] {
  const hash = textOf(record.hash);
  if (!/^[0-9a-f]{64}$/.test(hash)) return [];
  const bytes = typeof record.bytes === "string" ? Buffer.from(record.bytes, "base64") : null;
  return [{ name: nameOf(record.name) ?? "file", hash, bytes }];
}

function date(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}

function optional<Key extends string, T>(key: Key, value: T | null | ""): { [K in Key]?: T } {
  return value === null || value === "" ? {} : ({ [key]: value } as { [K in Key]?: T });
}

function some<Key extends string, T>(key: Key, list: T[] | undefined): { [K in Key]?: T[] } {
  return list?.length ? ({ [key]: list } as { [K in Key]?: T[] }) : {};
}
