import { unknownConversation } from "~/conversations/find";
import type { OwnerDb } from "~/db/db";
import type { WholeConversation } from "~/db/transfer";
import { conversationFile, fileParts } from "./own-format";

/** More bytes of files than this could not be imported again: a request has its limit. */
const MOST_FILE_BYTES = 40 * 1024 * 1024;
/** A multiple of three, so that slices of base64 follow one another without padding. */
const SLICE = 192 * 1024;

/** A conversation with its messages and files; throws the 404 that absent and someone else's share. */
export async function findWhole(db: OwnerDb, id: string): Promise<WholeConversation> {
  const whole = await db.transfer.whole(id);
  if (!whole) throw unknownConversation();
  return whole;
}

/**
 * A conversation as a JSON file of its own, with as many of its files inside as fit. No more than one file is held at
 * a time.
 */
export async function* conversationJson(
  db: OwnerDb,
  whole: WholeConversation,
): AsyncGenerator<Uint8Array, void> {
  const fitting = fittingFiles(whole);
  // Stands in the text for the bytes of a file; nobody can have written it.
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
  let left = MOST_FILE_BYTES;
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

/** The branch that is looked at, to be read: who said what, and which files went with it. */
export function markdownOf({ conversation, messages, attachments }: WholeConversation): string {
  const byId = new Map(messages.map((message) => [message.id, message]));
  const branch = [];
  let above = byId.get(conversation.leafId ?? "") ?? messages.at(-1);
  for (; above; above = byId.get(above.parentId ?? "")) branch.push(above);
  const files = Map.groupBy(attachments, ({ messageId }) => messageId);
  const { system } = conversation.steering;
  const turns = branch.reverse().map(({ id, role, model, content }) => {
    const who = role === "assistant" ? escaped(model ?? "") || "Answer" : HEADINGS[role];
    const named = files.get(id)?.map(({ name, mediaType }) => `- ${escaped(name)} (${mediaType})`);
    return section(who, content, named);
  });
  const parts = [
    `# ${escaped(conversation.title)}`,
    new Date(conversation.updatedAt).toISOString().slice(0, 10),
    ...(system ? [section("Instructions", system)] : []),
    ...turns,
  ];
  return `${parts.join("\n\n")}\n`;
}

function section(who: string, text: string, files: string[] = []): string {
  const parts = [text.trim(), files.length > 0 ? `Files:\n\n${files.join("\n")}` : ""];
  return [`## ${who}`, ...parts.filter(Boolean)].join("\n\n");
}

/** A name that Markdown takes as it is. */
function escaped(name: string): string {
  return name.replace(/\s+/g, " ").replace(/[\\`*_{}[\]<>#|]/g, "\\$&");
}

const LONGEST = 80;

/** A title as a file name that every system accepts, without an extension; never empty. */
export function fileName(title: string): string {
  const plain = title
    .normalize("NFC")
    .replace(/[\p{Cc}\p{Cf}<>:"/\\|?*]+/gu, " ")
    .replace(/\s+/g, " ")
    .trim();
  const short = [...plain].slice(0, LONGEST).join("");
  // Windows takes no dot or space at the end; elsewhere one at the beginning hides the file.
  const name = short.replace(/^[. ]+|[. ]+$/g, "");
  return /^(con|prn|aux|nul|com\d|lpt\d)?$/i.test(name) ? `conversation ${name}`.trim() : name;
}
