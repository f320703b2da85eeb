import type { Db } from "~/db/db";
import type { OllamaHost } from "~/ollama/client";
import type { Asked } from "~/steering";
import { droppedTurns } from "./dropped";

/** An end is not kept waiting longer than this for what it could do without. */
const PATIENCE_MS = 500;

/** How many tokens the model holds at once: only a host that has it in memory knows. Null where nobody says. */
export async function contextOf(
  host: OllamaHost,
  model: string,
  signal: AbortSignal,
): Promise<number | null> {
  const loaded = await host.loaded(model, signal).catch(() => undefined);
  return loaded?.contextTokens ?? null;
}

/** What is kept of a finished answer beside the host's own report. */
export async function contextFigures(
  db: Db,
  answer: {
    ownerId: string;
    /** The message that it answers. */
    parentId: string | null;
    modelDigest: string;
    asked: Asked;
    promptTokens: number | null;
    contextTokens: Promise<number | null>;
  },
): Promise<{ contextTokens: number | null; turnsDropped: boolean }> {
  const { ownerId, parentId, modelDigest, asked, promptTokens } = answer;
  const contextTokens = await within(PATIENCE_MS, answer.contextTokens);
  const held = contextTokens ?? asked.num_ctx;
  if (promptTokens === null || held === undefined) return { contextTokens, turnsDropped: false };
  const before = parentId && (await db.generations.measured(ownerId, parentId, modelDigest));
  const turnsDropped = droppedTurns(
    { characters: asked.characters ?? 0, promptTokens, contextTokens: held },
    before
      ? {
          characters: before.characters ?? before.pathCharacters - before.answerCharacters,
          promptTokens: before.promptTokens,
          contextTokens: before.contextTokens ?? held,
          turnsDropped: before.turnsDropped,
        }
      : undefined,
  );
  return { contextTokens, turnsDropped };
}

async function within<T>(ms: number, value: Promise<T>): Promise<T | null> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<null>((resolve) => {
    timer = setTimeout(resolve, ms, null);
  });
  return Promise.race([value, late]).finally(() => clearTimeout(timer));
}
