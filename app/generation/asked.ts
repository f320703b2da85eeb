import type { OwnerDb } from "~/db/db";
import type { FileForHost } from "~/db/files";
import type { Message } from "~/db/messages";
import { paste } from "~/files/paste";
import type { Model } from "~/models/catalog";
import type { ChatMessage, ChatOptions } from "~/ollama/client";
import {
  type Asked,
  type Layers,
  type Steering,
  steeringInForce,
  type Think,
} from "~/steering/steering";

export interface Ask {
  chat: Omit<ChatOptions, "model">;
  asked: Asked;
}

export async function readLayers(
  db: OwnerDb,
  conversation: Steering,
  model: string,
): Promise<Layers> {
  return {
    conversation,
    model: await db.defaults.ofModel(model),
    person: await db.defaults.ofPerson(),
  };
}

/** The request for a history, with the steering in force. Options that the model does not support are left out. */
export function askOf(
  history: readonly ChatMessage[],
  layers: Layers,
  model: Pick<Model, "thinkValues">,
): Ask {
  const { system: _, think: wanted, keep_alive, ...options } = steeringInForce(layers);
  const messages = withInstructions(history, layers);
  // A continued answer has already done its thinking.
  const continued = messages.at(-1)?.role === "assistant";
  const think =
    continued && model.thinkValues.length > 0 ? "off" : thinkFor(wanted, model.thinkValues);
  return {
    chat: {
      messages,
      options: Object.keys(options).length > 0 ? options : undefined,
      keep_alive: keep_alive === undefined ? undefined : keepAliveFor(keep_alive),
      think: think && THINK_ON_THE_WIRE[think],
    },
    asked: {
      ...options,
      keep_alive,
      think,
      ...sizeOf(messages),
      continued: continued || undefined,
    },
  };
}

function sizeOf(
  messages: readonly ChatMessage[],
): Required<Pick<Asked, "characters" | "pictures" | "turns" | "lastCharacters">> {
  const charactersOf = (list: readonly ChatMessage[]) =>
    list.reduce((sum, { content }) => sum + content.length, 0);
  const instructions = messages.filter(({ role }) => role === "system");
  return {
    characters: charactersOf(messages),
    pictures: messages.reduce((sum, { images = [] }) => sum + images.length, 0),
    turns: messages.length - instructions.length,
    lastCharacters: charactersOf([...instructions, ...messages.slice(-1)]),
  };
}

/** The thinking to ask for, or undefined if the model does not support it. */
export function thinkFor(wanted: Think | undefined, can: readonly Think[]): Think | undefined {
  return wanted !== undefined && can.includes(wanted) ? wanted : undefined;
}

const THINK_ON_THE_WIRE = {
  off: false,
  on: true,
  low: "low",
  medium: "medium",
  high: "high",
} as const;

/** A system message in the history follows the conversation's own. Merged, since some templates know only one. */
function withInstructions(history: readonly ChatMessage[], layers: Layers): ChatMessage[] {
  const [first, ...rest] = history;
  const { system } = steeringInForce(layers);
  if (first?.role !== "system") {
    return system ? [{ role: "system", content: system }, ...history] : [...history];
  }
  const own = layers.conversation.system;
  if (!own) return [...history];
  return [{ role: "system", content: `${own}\n\n${first.content}` }, ...rest];
}

/** Ollama takes seconds only as a number. */
function keepAliveFor(text: string): string | number {
  return /^-?\d+$/.test(text) ? Number(text) : text;
}

/** The branch as Ollama takes it, without empty answers: some templates refuse two messages of one role in a row. */
export function historyOf(
  branch: readonly Message[],
  files: readonly FileForHost[] = [],
): ChatMessage[] {
  const byMessage = Map.groupBy(files, ({ messageId }) => messageId);
  return branch
    .filter((message) => message.role !== "assistant" || message.content !== "")
    .map(({ id, role, content }) => ({ role, ...withFiles(content, byMessage.get(id) ?? []) }));
}

function withFiles(content: string, files: readonly FileForHost[]): Omit<ChatMessage, "role"> {
  const texts = files.flatMap(({ name, text }) => (text === null ? [] : [{ name, text }]));
  const images = files.flatMap(({ picture }) =>
    picture ? [Buffer.from(picture).toString("base64")] : [],
  );
  return { content: paste(texts, content), images: images.length > 0 ? images : undefined };
}
