import * as v from "valibot";
import { mapInSteps, yielder } from "~/shared/in-steps";
import { contentOf, messageFields } from "./chatgpt-content";
import {
  counted,
  fingerprint,
  type ImportedConversation,
  type ImportedMessage,
  plainMessage,
  unreadable,
} from "./imported";
import { buildTree, inTreeOrder, leafBelow, type TreeNode } from "./tree";
import {
  flag,
  id,
  isObject,
  type JsonObject,
  name,
  object,
  record,
  text,
  texts,
  time,
} from "./values";

/** Whether this looks like a conversation of ChatGPT's export. */
export function isChatGpt(value: JsonObject): boolean {
  return isObject(value.mapping);
}

const conversationFields = record({
  conversation_id: name,
  id: name,
  title: text,
  is_starred: flag,
  is_archived: flag,
  create_time: time,
  update_time: time,
  current_node: id,
  mapping: object,
});

const nodeFields = record({ parent: id, children: texts, message: object });
type Nodes = ReadonlyMap<string, v.InferOutput<typeof nodeFields>>;

interface Missing {
  pictures: number;
  recordings: number;
  unknown: number;
}

/** Reads a conversation of ChatGPT's export. Messages without text are left out; their thinking goes to the next answer. */
export async function fromChatGpt(value: JsonObject): Promise<ImportedConversation> {
  const fields = v.parse(conversationFields, value);
  const mapped = await mapInSteps(
    Object.entries(fields.mapping),
    ([id, node]) => [id, v.parse(nodeFields, node)] as const,
  );
  const missing: Missing = { pictures: 0, recordings: 0, unknown: 0 };
  const treeNodes = await nodesOf(new Map(mapped), missing);
  const yieldIfDue = yielder();
  const tree = buildTree(treeNodes);
  await yieldIfDue();
  const messages = tree.items.map(({ value: message, parent }) => ({ ...message, parent }));
  const viewed = tree.place(fields.current_node);
  return {
    origin: `chatgpt:${fields.conversation_id ?? fields.id ?? fingerprint(value)}`,
    alsoKnownAs: [],
    title: fields.title,
    titledBy: "person",
    pinned: fields.is_starred,
    archived: fields.is_archived,
    steering: {},
    createdAt: fields.create_time,
    updatedAt: fields.update_time,
    messages,
    leaf: viewed === null ? null : leafBelow(messages, viewed),
    without: [
      ...counted(missing.pictures, "picture"),
      ...counted(missing.recordings, "recording"),
      ...unreadable(missing.unknown + tree.circular),
    ],
  };
}

async function nodesOf(nodes: Nodes, missing: Missing): Promise<TreeNode<ImportedMessage>[]> {
  const yieldIfDue = yielder();
  const ids = inTreeOrder([...nodes.keys()], (id) => nodes.get(id)?.children ?? []);
  await yieldIfDue();
  const parents = parentsOf(nodes);
  await yieldIfDue();
  const pendingThinking = new Map<string, string>();
  return mapInSteps(ids, (id) => {
    const parent = parents.get(id) ?? null;
    const message = v.parse(messageFields, nodes.get(id)?.message);
    const content = contentOf(message);
    missing.pictures += content.pictures;
    missing.recordings += content.recordings;
    const above = (parent !== null && pendingThinking.get(parent)) || "";
    if (content.text !== null) return { id, parent, value: messageOf(message, content, above) };
    if (content.unknown) missing.unknown++;
    const thinking = [above, content.thinking].filter(Boolean).join("\n\n");
    if (thinking) pendingThinking.set(id, thinking);
    return { id, parent, value: null };
  });
}

function messageOf(
  message: v.InferOutput<typeof messageFields>,
  { role, text }: ReturnType<typeof contentOf>,
  thinking: string,
): ImportedMessage {
  const createdAt = message.create_time;
  const plain = plainMessage({ role, content: text ?? "", thinking: "", createdAt });
  return role === "assistant" ? { ...plain, thinking, model: message.metadata.model_slug } : plain;
}

/** The named parent of each node, otherwise the node that names it as a child. */
function parentsOf(nodes: Nodes): Map<string, string> {
  const parents = new Map<string, string>();
  for (const [id, { children }] of nodes) for (const child of children) parents.set(child, id);
  for (const [id, { parent }] of nodes) if (parent !== null) parents.set(id, parent);
  return parents;
}
