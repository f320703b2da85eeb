import { unknownConversation } from "~/conversations/find";
import type { OwnerDb } from "~/db/db";
import type { WholeConversation } from "~/db/transfer";
import { conversationFile, fileParts } from "./own-format";

/** Files above this would exceed the limit of a request when imported again. */
const MAX_FILE_BYTES = 40 * 1024 * 1024;
/** A multiple of three bytes, so that base64 slices need no padding between them. */
const SLICE = 192 * 1024;

/** A conversation with its messages and files; throws if it does not exist or belongs to another owner. */
export async function findWhole(db: OwnerDb, id: string): Promise<WholeConversation> {
  const whole = await db.transfer.whole(id);
  if (!whole) throw unknownConversation();
  return whole;
}

/** A conversation as a JSON file, with as many attached files as fit, each read only when it is written. */
export async function* conversationJson(
  db: OwnerDb,
  whole: WholeConversation,
): AsyncGenerator<Uint8Array, void> {
  const fitting = fittingFiles(whole);
  // Placeholder for the bytes of a file; random, so it cannot occur in a message.
  const mark = crypto.randomUUID();
  const places = new RegExp(`${mark}/(\\w+)`);
  const file = await conversationFile(whole, (hash) =>
    fitting.delete(hash) ? `${mark}/${hash}` : null,
  );
  for await (const part of fileParts(file)) {
    for (const [index, textOrHash] of part.split(places).entries()) {
      if (index % 2 === 0) yield Buffer.from(textOrHash);
      else yield* base64(await db.transfer.fileBytes(textOrHash));
    }
  }
}

function fittingFiles({ attachments }: WholeConversation): Set<string> {
  const fitting = new Set<string>();
  let left = MAX_FILE_BYTES;
  for (const { hash, size } of attachments) {
    if (fitting.has(hash) || size > left) continue;
    fitting.add(hash);
    left -= size;
  }
  return fitting;
}

function* base64(bytes: Uint8Array | undefined): Generator<Uint8Array, void> {
  for (let at = 0; bytes && at < bytes.length; at += SLICE) {
    yield Buffer.from(Buffer.from(bytes.subarray(at, at + SLICE)).toString("base64"));
  }
}

const HEADINGS = { user: "You", system: "Instructions", tool: "Tool" } as const;

/** The viewed branch of a conversation as Markdown, with the names of attached files. */
export function markdownOf({ conversation, messages, attachments }: WholeConversation): string {
  const byId = new Map(messages.map((message) => [message.id, message]));
  const branch = [];
  let above = byId.get(conversation.leafId ?? "") ?? messages.at(-1);
  for (; above; above = byId.get(above.parentId ?? "")) branch.push(above);
  const files = Map.groupBy(attachments, ({ messageId }) => messageId);
  const { system } = conversation.steering;
  const sections = branch.reverse().map(({ id, role, model, content }) => {
    const who = role === "assistant" ? escaped(model ?? "") || "Answer" : HEADINGS[role];
    const named = files.get(id)?.map(({ name, mediaType }) => `- ${escaped(name)} (${mediaType})`);
    return section(who, content, named);
  });
  const parts = [
    `# ${escaped(conversation.title)}`,
    new Date(conversation.updatedAt).toISOString().slice(0, 10),
    ...(system ? [section("Instructions", system)] : []),
    ...sections,
  ];
  return `${parts.join("\n\n")}\n`;
}

function section(who: string, text: string, files: string[] = []): string {
  const parts = [text.trim(), files.length > 0 ? `Files:\n\n${files.join("\n")}` : ""];
  return [`## ${who}`, ...parts.filter(Boolean)].join("\n\n");
}

function escaped(name: string): string {
  return name.replace(/\s+/g, " ").replace(/[\\`*_{}[\]<>#|]/g, "\\$&");
}

const MAX_NAME_CHARACTERS = 80;

/** A title as a file name that every system accepts, without an extension; never empty. */
export function fileName(title: string): string {
  const plain = title
    .normalize("NFC")
    .replace(/[\p{Cc}\p{Cf}<>:"/\\|?*]+/gu, " ")
    .replace(/\s+/g, " ")
    .trim();
  const short = [...plain].slice(0, MAX_NAME_CHARACTERS).join("");
  // Windows allows no dot or space at the end; a dot at the start hides the file on other systems.
  const name = short.replace(/^[. ]+|[. ]+$/g, "");
  return /^(con|prn|aux|nul|com\d|lpt\d)?$/i.test(name) ? `conversation ${name}`.trim() : name;
}
