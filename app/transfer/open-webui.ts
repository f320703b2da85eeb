import { mapInSteps, yielder } from "~/shared/in-steps";
import { counted, type Draft, type DraftFile, type DraftMessage, roleOf } from "./draft";
import { fingerprint } from "./fingerprint";
import { steeringOf } from "./steering-values";
import { inTreeOrder, leafBelow, plant, type Seed } from "./tree";
import {
  idOf,
  isObject,
  type JsonObject,
  listOf,
  nameOf,
  objectOf,
  textOf,
  timeOf,
} from "./values";

/** Whether an object looks like a conversation of Open WebUI's export. */
export function isOpenWebUi(value: JsonObject): boolean {
  const chat = objectOf(value.chat);
  return isObject(objectOf(chat.history).messages) || Array.isArray(chat.messages);
}

/**
 * A conversation of Open WebUI's export. Its tree is in `chat.history`; exports from before there were
 * branches have only the list `chat.messages`. What the model thought stands folded in the text, and is taken
 * out of it.
 */
export async function fromOpenWebUi(value: JsonObject): Promise<Draft> {
  const yieldIfDue = yielder();
  const chat = objectOf(value.chat);
  const history = objectOf(chat.history);
  const records = isObject(history.messages) ? fromTree(history.messages) : fromList(chat.messages);
  await yieldIfDue();
  const without = { files: 0, unknown: 0 };
  const seeds = await mapInSteps(records, ({ id, parent, record }): Seed<DraftMessage> => {
    const message = messageOf(record);
    without.files += listOf(record.files).length - (message?.files.length ?? 0);
    if (!message && textIn(record.content) !== "") without.unknown++;
    return { id, parent, value: message };
  });
  await yieldIfDue();
  const tree = plant(seeds);
  await yieldIfDue();
  const messages = tree.items.map(({ value: message, parent }) => ({ ...message, parent }));
  const current =
    tree.place(idOf(history.currentId)) ?? (messages.length ? messages.length - 1 : null);
  const params = objectOf(chat.params);
  const { steering, faults } = steeringOf({
    ...params,
    system: textOf(params.system) || textOf(chat.system) || undefined,
  });
  return {
    origin: `openwebui:${nameOf(value.id) ?? nameOf(chat.id) ?? fingerprint(value)}`,
    alsoKnownAs: [],
    title: textOf(value.title) || textOf(chat.title),
    titledBy: "person",
    pinned: value.pinned === true,
    archived: value.archived === true,
    steering,
    createdAt: timeOf(value.created_at) ?? timeOf(chat.timestamp),
    updatedAt: timeOf(value.updated_at),
    messages,
    leaf: current === null ? null : leafBelow(messages, current),
    without: [
      ...counted(without.files, "file"),
      ...counted(Object.keys(faults).length, "option"),
      ...counted(
        without.unknown + tree.circular,
        "message that could not be read",
        "messages that could not be read",
      ),
    ],
  };
}

interface Placed {
  id: string;
  parent: string | null;
  record: JsonObject;
}

function fromTree(messages: JsonObject): Placed[] {
  const records = new Map(Object.entries(messages).map(([id, record]) => [id, objectOf(record)]));
  const children = (id: string) =>
    listOf(records.get(id)?.childrenIds).filter((child) => typeof child === "string");
  return inTreeOrder([...records.keys()], children).map((id) => {
    const record = records.get(id) ?? {};
    return { id, parent: idOf(record.parentId), record };
  });
}

function fromList(messages: unknown): Placed[] {
  const records = listOf(messages).map(objectOf);
  const ids = records.map((record, index) => idOf(record.id) ?? `#${index}`);
  return records.map((record, index) => ({
    id: ids[index] ?? "",
    parent: idOf(record.parentId) ?? ids[index - 1] ?? null,
    record,
  }));
}

function messageOf(record: JsonObject): DraftMessage | null {
  const role = roleOf(record.role);
  const { content, thinking } = withoutReasoning(textIn(record.content));
  const failed = textIn(objectOf(record.error).content);
  const files = listOf(record.files).length > 0;
  const said = content || failed || (files ? "(a file)" : "");
  if (!role || (said === "" && thinking === "")) return null;
  return {
    parent: null,
    role,
    content: said,
    thinking: role === "assistant" ? thinking : "",
    model: role === "assistant" ? nameOf(record.model) : null,
    leaf: null,
    chosen: null,
    createdAt: timeOf(record.timestamp),
    generations: [],
    files: listOf(record.files).map(objectOf).flatMap(picturesOf),
  };
}

/** Pictures come along inside the file; of all else there is only the name. */
function picturesOf({ url, name }: JsonObject): DraftFile[] {
  const data = /^data:image\/\w+;base64,/.exec(typeof url === "string" ? url : "")?.[0];
  if (!data) return [];
  const bytes = Buffer.from(String(url).slice(data.length), "base64");
  return [{ name: nameOf(name) ?? "picture", hash: null, bytes }];
}

/** Text, or a list of parts of which some are text. */
function textIn(content: unknown): string {
  if (!Array.isArray(content)) return textOf(content).trim() && textOf(content);
  return content
    .map((part) => textOf(isObject(part) ? part.text : part))
    .filter(Boolean)
    .join("\n\n");
}

const CLOSING = "</details>";

/**
 * Takes out what stands folded in `<details type="reasoning">`, quoted line by line and escaped. By search, not
 * by a pattern: one that looks for the end from each beginning could take for ever.
 */
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
