import * as v from "valibot";
import { mapInSteps, yielder } from "~/shared/in-steps";
import {
  counted,
  fingerprint,
  type ImportedConversation,
  type ImportedFile,
  type ImportedMessage,
  plainMessage,
  role,
  unreadable,
} from "./imported";
import { buildTree, inTreeOrder, leafBelow, type TreeNode } from "./tree";
import {
  flag,
  id,
  isObject,
  type JsonObject,
  list,
  name,
  object,
  record,
  steeringOf,
  text,
  texts,
  time,
} from "./values";

const conversationFields = record({
  id: name,
  title: text,
  pinned: flag,
  archived: flag,
  created_at: time,
  updated_at: time,
  chat: record({
    id: name,
    title: text,
    timestamp: time,
    system: text,
    params: object,
    messages: list,
    history: record({ messages: v.optional(v.unknown()), currentId: id }),
  }),
});

const messageFields = record({
  id,
  parentId: id,
  childrenIds: texts,
  role,
  content: v.optional(v.unknown()),
  error: record({ content: v.optional(v.unknown()) }),
  model: name,
  timestamp: time,
  files: list,
});
type MessageFields = v.InferOutput<typeof messageFields>;

const fileFields = record({ url: id, name });

/** Whether this looks like a conversation of Open WebUI's export. */
export function isOpenWebUi(value: JsonObject): boolean {
  const { chat } = value;
  if (!isObject(chat)) return false;
  return (
    (isObject(chat.history) && isObject(chat.history.messages)) || Array.isArray(chat.messages)
  );
}

/** Reads a conversation of Open WebUI's export; old exports have only the list `chat.messages` instead of a tree. */
export async function fromOpenWebUi(value: JsonObject): Promise<ImportedConversation> {
  const fields = v.parse(conversationFields, value);
  const { chat } = fields;
  const { history } = chat;
  const placed = await (isObject(history.messages)
    ? fromTree(history.messages)
    : fromList(chat.messages));
  const { messages, viewed, lostFiles, unread } = await messagesOf(placed, history.currentId);
  const system = v.parse(text, chat.params.system) || chat.system || undefined;
  const { steering, faults } = steeringOf({ ...chat.params, system });
  return {
    origin: `openwebui:${fields.id ?? chat.id ?? fingerprint(value)}`,
    alsoKnownAs: [],
    title: fields.title || chat.title,
    titledBy: "person",
    pinned: fields.pinned,
    archived: fields.archived,
    steering,
    createdAt: fields.created_at ?? chat.timestamp,
    updatedAt: fields.updated_at,
    messages,
    leaf: viewed === null ? null : leafBelow(messages, viewed),
    without: [
      ...counted(lostFiles, "file"),
      ...counted(Object.keys(faults).length, "option"),
      ...unreadable(unread),
    ],
  };
}

interface Placed {
  id: string;
  parent: string | null;
  fields: MessageFields;
}

async function fromTree(messages: JsonObject): Promise<Placed[]> {
  const entries = await mapInSteps(
    Object.entries(messages),
    ([id, claim]) => [id, v.parse(messageFields, claim)] as const,
  );
  const byId = new Map(entries);
  return inTreeOrder([...byId.keys()], (id) => byId.get(id)?.childrenIds ?? []).flatMap((id) => {
    const fields = byId.get(id);
    return fields ? [{ id, parent: fields.parentId, fields }] : [];
  });
}

async function fromList(messages: readonly unknown[]): Promise<Placed[]> {
  const all = await mapInSteps(messages, (claim) => v.parse(messageFields, claim));
  const ids = all.map(({ id }, index) => id ?? `#${index}`);
  return all.map((fields, index) => ({
    id: ids[index] ?? "",
    parent: fields.parentId ?? ids[index - 1] ?? null,
    fields,
  }));
}

async function messagesOf(placed: readonly Placed[], current: string | null) {
  let lostFiles = 0;
  let unread = 0;
  const treeNodes = await mapInSteps(
    placed,
    ({ id, parent, fields }): TreeNode<ImportedMessage> => {
      const message = messageOf(fields);
      lostFiles += fields.files.length - (message?.files.length ?? 0);
      if (!message && textIn(fields.content) !== "") unread++;
      return { id, parent, value: message };
    },
  );
  const yieldIfDue = yielder();
  const tree = buildTree(treeNodes);
  await yieldIfDue();
  const messages = tree.items.map(({ value: message, parent }) => ({ ...message, parent }));
  const viewed = tree.place(current) ?? (messages.length > 0 ? messages.length - 1 : null);
  return { messages, viewed, lostFiles, unread: unread + tree.circular };
}

function messageOf(fields: MessageFields): ImportedMessage | null {
  const { role } = fields;
  const { content, thinking } = withoutReasoning(textIn(fields.content));
  const hasFiles = fields.files.length > 0;
  const shown = content || textIn(fields.error.content) || (hasFiles ? "(a file)" : "");
  if (!role || (shown === "" && thinking === "")) return null;
  const plain = plainMessage({ role, content: shown, thinking: "", createdAt: fields.timestamp });
  const files = fields.files.flatMap(picturesOf);
  return role === "assistant"
    ? { ...plain, thinking, model: fields.model, files }
    : { ...plain, files };
}

/** Of other files, the export has only the name. */
function picturesOf(claim: unknown): ImportedFile[] {
  const { url, name } = v.parse(fileFields, claim);
  const head = /^data:image\/\w+;base64,/.exec(url ?? "")?.[0];
  if (!url || !head) return [];
  const bytes = Buffer.from(url.slice(head.length), "base64");
  return [{ name: name ?? "picture", hash: null, bytes }];
}

function textIn(content: unknown): string {
  if (!Array.isArray(content)) {
    const whole = v.parse(text, content);
    return whole.trim() && whole;
  }
  return content
    .map((part) => v.parse(text, isObject(part) ? part.text : part))
    .filter(Boolean)
    .join("\n\n");
}

const CLOSING = "</details>";

/** Separates thinking in `<details type="reasoning">` from the text; a regular expression would take quadratic time. */
function withoutReasoning(text: string): { content: string; thinking: string } {
  const thoughts: string[] = [];
  let content = "";
  let at = 0;
  for (;;) {
    const begin = text.indexOf("<details ", at);
    const tagEnd = begin < 0 ? -1 : text.indexOf(">", begin);
    if (tagEnd < 0) break;
    const reasons = text.slice(begin, tagEnd).includes('type="reasoning"');
    const end = reasons ? text.indexOf(CLOSING, tagEnd) : tagEnd + 1;
    if (end < 0) break;
    if (reasons) thoughts.push(plain(text.slice(tagEnd + 1, end)));
    content += text.slice(at, reasons ? begin : end);
    at = reasons ? end + CLOSING.length : end;
  }
  if (thoughts.length === 0) return { content: text, thinking: "" };
  return {
    content: (content + text.slice(at)).trim(),
    thinking: thoughts.filter(Boolean).join("\n\n"),
  };
}

function plain(folded: string): string {
  const summary = folded.indexOf("</summary>");
  return folded
    .slice(summary < 0 ? 0 : summary + "</summary>".length)
    .replaceAll("&gt;", ">")
    .replaceAll("&lt;", "<")
    .replaceAll("&quot;", '"')
    .replaceAll("&#x27;", "'")
    .replaceAll("&amp;", "&")
    .trim()
    .split("\n")
    .map((line) => line.replace(/^> ?/, ""))
    .join("\n")
    .trim();
}
