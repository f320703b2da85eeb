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

/** What a host is asked, and what of it is kept. */
export interface Ask {
  chat: Omit<ChatOptions, "model">;
  asked: Asked;
}

/** What is set for a conversation, for its model and for all of the person's models. */
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

/** The history with what is in force around it, as this model takes it: what it cannot do is not sent. */
export function askOf(
  history: readonly ChatMessage[],
  layers: Layers,
  model: Pick<Model, "thinkValues">,
): Ask {
  const { system: _, think: wanted, keep_alive, ...options } = steeringInForce(layers);
  const messages = withInstructions(history, layers);
  // An answer that was begun is continued as it stands: the thinking is over.
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
  const charactersOf = (some: readonly ChatMessage[]) =>
    some.reduce((sum, { content }) => sum + content.length, 0);
  const instructions = messages.filter(({ role }) => role === "system");
  return {
    characters: charactersOf(messages),
    pictures: messages.reduce((sum, { images = [] }) => sum + images.length, 0),
    turns: messages.length - instructions.length,
    lastCharacters: charactersOf([...instructions, ...messages.slice(-1)]),
  };
}

/** The thinking to ask for: nothing if the model cannot do it. */
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

/**
 * A conversation that begins with instructions of its own goes before the defaults. They are one message:
 * some templates know only one.
 */
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

/** A time to keep a model in memory as Ollama takes it: seconds as a number only. */
function keepAliveFor(text: string): string | number {
  return /^-?\d+$/.test(text) ? Number(text) : text;
}

/**
 * The branch up to the answer, as a host takes it. An answer that was begun stays the last message, which is how
 * Ollama continues it; answers without text are left out, since some templates refuse two messages of one role.
 */
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
