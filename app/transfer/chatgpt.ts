import { mapInSteps, yielder } from "~/shared/in-steps";
import { contentOf } from "./chatgpt-content";
import { counted, type Draft, type DraftMessage } from "./draft";
import { fingerprint } from "./fingerprint";
import { inTreeOrder, leafBelow, plant } from "./tree";
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

/** Whether an object looks like a conversation of ChatGPT's export. */
export function isChatGpt(value: JsonObject): boolean {
  return isObject(value.mapping);
}

/**
 * A conversation of ChatGPT's export (`conversations.json`). Its mapping has nodes without a message, hidden
 * ones and steps of tools; those without words for a person stand aside. What the model thought comes in
 * messages of its own, and goes to the answer behind them.
 */
export async function fromChatGpt(value: JsonObject): Promise<Draft> {
  const yieldIfDue = yielder();
  const nodes = new Map(
    Object.entries(objectOf(value.mapping)).map(([id, node]) => [id, objectOf(node)]),
  );
  await yieldIfDue();
  const children = childrenOf(nodes);
  await yieldIfDue();
  const ids = inTreeOrder([...nodes.keys()], (id) => children.get(id) ?? []);
  await yieldIfDue();
  const parents = parentsOf(nodes, children);
  const missing = { pictures: 0, recordings: 0, unknown: 0 };
  const thoughts = new Map<string, string>();
  const seeds = await mapInSteps(ids, (id) => {
    const parent = parents.get(id) ?? null;
    const message = objectOf(nodes.get(id)?.message);
    const said = contentOf(message);
    missing.pictures += said.pictures;
    missing.recordings += said.recordings;
    const before = (parent !== null && thoughts.get(parent)) || "";
    if (said.text === null) {
      if (said.unknown) missing.unknown++;
      const thinking = [before, said.thinking].filter(Boolean).join("\n\n");
      if (thinking) thoughts.set(id, thinking);
      return { id, parent, value: null };
    }
    return { id, parent, value: messageOf(message, said.role, said.text, before) };
  });
  await yieldIfDue();
  const tree = plant(seeds);
  await yieldIfDue();
  const messages = tree.items.map(({ value: message, parent }) => ({ ...message, parent }));
  const current = tree.place(idOf(value.current_node));
  const id = nameOf(value.conversation_id) ?? nameOf(value.id);
  return {
    origin: `chatgpt:${id ?? fingerprint(value)}`,
    alsoKnownAs: [],
    title: textOf(value.title),
    titledBy: "person",
    pinned: value.is_starred === true,
    archived: value.is_archived === true,
    steering: {},
    createdAt: timeOf(value.create_time),
    updatedAt: timeOf(value.update_time),
    messages,
    leaf: current === null ? null : leafBelow(messages, current),
    without: [
      ...counted(missing.pictures, "picture"),
      ...counted(missing.recordings, "recording"),
      ...counted(
        missing.unknown + tree.circular,
        "message that could not be read",
        "messages that could not be read",
      ),
    ],
  };
}

function messageOf(
  message: JsonObject,
  role: DraftMessage["role"],
  content: string,
  thinking: string,
): DraftMessage {
  const answers = role === "assistant";
  return {
    parent: null,
    role,
    content,
    thinking: answers ? thinking : "",
    model: answers ? nameOf(objectOf(message.metadata).model_slug) : null,
    leaf: null,
    chosen: null,
    createdAt: timeOf(message.create_time),
    generations: [],
    files: [],
  };
}

function childrenOf(nodes: ReadonlyMap<string, JsonObject>): Map<string, string[]> {
  const children = new Map<string, string[]>();
  for (const [id, node] of nodes) {
    children.set(
      id,
      listOf(node.children).filter((child) => typeof child === "string"),
    );
  }
  return children;
}

/** Each node names its parent; where one does not, the node that names it as its child is it. */
function parentsOf(
  nodes: ReadonlyMap<string, JsonObject>,
  children: ReadonlyMap<string, readonly string[]>,
): Map<string, string> {
  const parents = new Map<string, string>();
  for (const [id, ids] of children) for (const child of ids) parents.set(child, id);
  for (const [id, { parent }] of nodes) if (typeof parent === "string") parents.set(id, parent);
  return parents;
}
