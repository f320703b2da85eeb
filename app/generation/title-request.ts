import type { OwnerDb } from "~/db/db";
import type { Catalog } from "~/models/catalog";
import type { ChatOptions, OllamaHost } from "~/ollama/client";
import type { Asked } from "~/steering/steering";
import type { LiveAnswerIds } from "./live-answer";
import { titlePrompt } from "./title-text";

export interface LastAsk {
  asked: Asked;
  contextTokens: number | null;
}

const TOKENS = 16;
/** A model about to be unloaded could be gone before it is asked. */
const STAYS_MS = 10_000;

/** The request for a title; undefined if it would load a model, delay its unloading or start its thinking. */
export async function titleRequest(
  { db, catalog }: { db: OwnerDb; catalog: Catalog },
  { messageId, model: name }: LiveAnswerIds,
  lastAsks: ReadonlyMap<string, LastAsk>,
  signal: AbortSignal,
): Promise<{ host: OllamaHost; chat: ChatOptions } | undefined> {
  const { host, model } = await catalog.resolve(name);
  const answer = await db.messages.find(messageId);
  const prompt = answer?.parentId ? await db.messages.find(answer.parentId) : undefined;
  if (!answer || !prompt) return undefined;
  const canBeQuiet = model.thinkValues.includes("off");
  if (!canBeQuiet && (model.thinkValues.length > 0 || answer.thinking !== "")) return undefined;
  const loaded = await host.loaded(name, signal);
  if (!loaded?.current) return undefined;
  if (loaded.expiresAt !== null && loaded.expiresAt - Date.now() < STAYS_MS) return undefined;
  const contextLength = loadedWith(loaded.contextTokens, lastAsks.get(model.digest));
  return {
    host,
    chat: {
      model: name,
      messages: [{ role: "user", content: titlePrompt(prompt.content, answer.content) }],
      options: {
        num_predict: TOKENS,
        temperature: 0.2,
        num_ctx: contextLength,
      },
      think: canBeQuiet ? false : undefined,
    },
  };
}

function loadedWith(contextTokens: number | null, last: LastAsk | undefined): number | undefined {
  const same = contextTokens === null || contextTokens === last?.contextTokens;
  return last && same ? last.asked.num_ctx : (contextTokens ?? undefined);
}
