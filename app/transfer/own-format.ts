import * as v from "valibot";
import type { Attachment, WholeConversation } from "~/db/transfer";
import { IMPORTED_GENERATIONS, IMPORTED_MESSAGE_GENERATIONS } from "~/limits";
import { mapInSteps, yielder } from "~/shared/in-steps";
import type { Steering } from "~/steering/steering";
import { factsOf, type GenerationRecord, generationRecord } from "./generation-facts";
import {
  counted,
  fingerprint,
  type ImportedConversation,
  type ImportedFile,
  type ImportedMessage,
  ItemAllowance,
  plainMessage,
  role,
  unreadable,
} from "./imported";
import { buildTree, leafBelow } from "./tree";
import {
  flag,
  id,
  type JsonObject,
  list,
  name,
  object,
  record,
  steeringOf,
  text,
  textOrNull,
  time,
} from "./values";

const FORMAT = "parley-conversation";
/** Increase if the previous reader would misread a file. */
const VERSION = 1;

/** An exported conversation: times in ISO 8601 (UTC), unknown values left out, messages by creation, parents before children. */
export interface ConversationFile {
  format: typeof FORMAT;
  version: typeof VERSION;
  id: string;
  title: string;
  titledBy: "prompt" | "model" | "person";
  importedFrom?: string;
  pinned: boolean;
  archived: boolean;
  createdAt: string;
  updatedAt: string;
  steering?: Steering;
  leaf?: string;
  messages: MessageRecord[];
}

interface MessageRecord {
  id: string;
  parent?: string;
  role: ImportedMessage["role"];
  content: string;
  thinking?: string;
  model?: string;
  leaf?: string;
  chosen?: string;
  createdAt: string;
  generations?: GenerationRecord[];
  files?: FileRecord[];
}

interface FileRecord {
  name: string;
  /** SHA-256; an archive has the bytes at `files/<hash>`. */
  hash: string;
  mediaType: string;
  size: number;
  /** In pixels. */
  width?: number;
  height?: number;
  /** Base64, only outside an archive. */
  bytes?: string;
}

/** The JSON text, message by message, so that a long conversation does not block the event loop. */
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

/** A conversation for export; `base64Of` returns the bytes of an attached file, or null to leave them out. */
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
    importedFrom: known(conversation.importedFrom),
    pinned: conversation.pinned,
    archived: conversation.archived,
    createdAt: date(conversation.createdAt),
    updatedAt: date(conversation.updatedAt),
    steering: Object.keys(conversation.steering).length > 0 ? conversation.steering : undefined,
    leaf: known(conversation.leafId),
    messages: await mapInSteps(whole.messages, (message) => ({
      id: message.id,
      parent: known(message.parentId),
      role: message.role,
      content: message.content,
      thinking: known(message.thinking),
      model: known(message.model),
      leaf: known(message.leafId),
      chosen: known(message.chosenId),
      createdAt: date(message.createdAt),
      generations: some(generations.get(message.id)?.map(generationRecord)),
      files: some(
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
    width: known(width),
    height: known(height),
    bytes: known(base64),
  };
}

/** Whether this is a conversation exported by any version of Parley. */
export function isOwn(value: JsonObject): boolean {
  return value.format === FORMAT;
}

/** Whether it was exported by a version that this one cannot read. */
export function isNewer(value: JsonObject): boolean {
  return typeof value.version === "number" && value.version > VERSION;
}

const conversationFields = record({
  id: name,
  title: text,
  titledBy: v.fallback(v.picklist(["prompt", "model", "person"]), "person"),
  importedFrom: name,
  pinned: flag,
  archived: flag,
  createdAt: time,
  updatedAt: time,
  steering: object,
  leaf: id,
  messages: list,
});

const messageFields = record({
  id,
  parent: id,
  role,
  content: textOrNull,
  thinking: text,
  model: name,
  leaf: id,
  chosen: id,
  createdAt: time,
  generations: list,
  files: list,
});
type MessageFields = v.InferOutput<typeof messageFields>;

const fileFields = record({ name, hash: text, bytes: id });

/** Reads a conversation that Parley exported. */
export async function fromOwn(value: JsonObject): Promise<ImportedConversation> {
  const fields = v.parse(conversationFields, value);
  const generations = new ItemAllowance(IMPORTED_GENERATIONS, IMPORTED_MESSAGE_GENERATIONS);
  const { messages, placeOf, unread } = await messagesOf(fields.messages, generations);
  const { steering, faults } = steeringOf(fields.steering);
  const viewed = placeOf(fields.leaf) ?? (messages.length > 0 ? messages.length - 1 : null);
  const { title, titledBy, pinned, archived, createdAt, updatedAt, importedFrom } = fields;
  const origin = `parley:${fields.id ?? fingerprint(value)}`;
  return {
    ...{ title, titledBy, pinned, archived, steering, createdAt, updatedAt, messages },
    origin: importedFrom ?? origin,
    alsoKnownAs: importedFrom ? [origin] : [],
    leaf: viewed === null ? null : leafBelow(messages, viewed),
    without: [
      ...unreadable(unread),
      ...counted(Object.keys(faults).length, "option"),
      ...counted(generations.leftOut, "generation"),
    ],
  };
}

async function messagesOf(records: readonly unknown[], generations: ItemAllowance) {
  let unread = 0;
  const treeNodes = await mapInSteps(records, (claim, index) => {
    const fields = v.parse(messageFields, claim);
    const message = messageOf(fields, generations);
    if (!message) unread++;
    return {
      id: fields.id ?? `#${index}`,
      parent: fields.parent,
      value: message && { fields, message },
    };
  });
  const yieldIfDue = yielder();
  const tree = buildTree(treeNodes);
  await yieldIfDue();
  const messages = tree.items.map(({ value: { fields, message }, parent }) => ({
    ...message,
    parent,
    leaf: tree.place(fields.leaf),
    chosen: tree.place(fields.chosen),
  }));
  return { messages, placeOf: tree.place, unread: unread + tree.circular + tree.duplicates };
}

function messageOf(fields: MessageFields, generations: ItemAllowance): ImportedMessage | null {
  const { role, content, thinking, createdAt } = fields;
  if (!role || content === null) return null;
  return {
    ...plainMessage({ role, content, thinking, createdAt }),
    model: fields.model,
    generations: generations.take(fields.generations).map(factsOf),
    files: fields.files.flatMap(fileOf),
  };
}

function fileOf(claim: unknown): ImportedFile[] {
  const { name, hash, bytes } = v.parse(fileFields, claim);
  if (!/^[0-9a-f]{64}$/.test(hash)) return [];
  const decoded = bytes === null ? null : Buffer.from(bytes, "base64");
  return [{ name: name ?? "file", hash, bytes: decoded }];
}

function date(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}

/** JSON leaves out undefined values. */
function known<T>(value: T | null | ""): T | undefined {
  return value === null || value === "" ? undefined : value;
}

function some<T>(list: T[] | undefined): T[] | undefined {
  return list?.length ? list : undefined;
}
