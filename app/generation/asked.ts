import type { OwnerDb } from "~/db/db";
import type { Model } from "~/models/catalog";
import type { ChatOptions, ChatTurn } from "~/ollama/client";
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
  history: readonly ChatTurn[],
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
      ...(Object.keys(options).length > 0 ? { options } : {}),
      ...(keep_alive === undefined ? {} : { keep_alive: keepAliveFor(keep_alive) }),
      ...(think === undefined ? {} : { think: THINK_ON_THE_WIRE[think] }),
    },
    asked: {
      ...options,
      ...(keep_alive === undefined ? {} : { keep_alive }),
      ...(think === undefined ? {} : { think }),
      ...sizeOf(messages),
      ...(continued ? { continued } : {}),
    },
  };
}

function sizeOf(
  messages: readonly ChatTurn[],
): Required<Pick<Asked, "characters" | "pictures" | "turns" | "lastCharacters">> {
  const charactersOf = (some: readonly ChatTurn[]) =>
    some.reduce((sum, { content }) => sum + content.length, 0);
  const instructions = messages.filter(({ role }) => role === "system");
  return {
    characters: charactersOf(messages),
    pictures: messages.reduce((sum, { images = [] }) => sum + images.length, 0),
    turns: messages.length - instructions.length,
    lastCharacters: charactersOf([...instructions, ...messages.slice(-1)]),
  };
}

/** What of a wish for thinking a model is sent: nothing where it cannot do it. */
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
function withInstructions(history: readonly ChatTurn[], layers: Layers): ChatTurn[] {
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
