import type { OwnerDb } from "~/db/db";
import type { MeasuredAnswer } from "~/db/generations";
import type { Log } from "~/log.server";
import type { OllamaHost } from "~/ollama/client";
import type { Asked } from "~/steering/steering";
import { type EarlierReading, type Loss, lossOf, type NewReading } from "./context-loss";
import { type Counted, countedInAnswer, countedInPrompt, ratioOf } from "./token-ratio";

const PATIENCE_MS = 500;

/** How many tokens fit the loaded model's context; null if unknown. */
export async function contextOf(
  host: OllamaHost,
  model: string,
  signal: AbortSignal,
): Promise<number | null> {
  const loaded = await host.loaded(model, signal).catch(() => undefined);
  return loaded?.contextTokens ?? null;
}

export interface Finished {
  parentId: string | null;
  modelDigest: string;
  asked: Asked;
  promptTokens: number | null;
  answerTokens: number | null;
  written: number;
  contextTokens: Promise<number | null>;
}

/** Never throws: an answer may end without these figures, but must end. */
export async function contextFigures(
  { db, log }: { db: OwnerDb; log: Log },
  answer: Finished,
): Promise<{ contextTokens: number | null } & Partial<Loss>> {
  const contextTokens = await within(PATIENCE_MS, answer.contextTokens);
  try {
    return { contextTokens, ...(await lossAndCounts(db, answer, contextTokens)) };
  } catch (error) {
    log.warn("an answer has no figures of its context", { error });
    return { contextTokens };
  }
}

async function lossAndCounts(
  db: OwnerDb,
  answer: Finished,
  contextTokens: number | null,
): Promise<Partial<Loss>> {
  const { parentId, modelDigest, asked, promptTokens } = answer;
  const fromAnswer = countedInAnswer(answer.written, answer.answerTokens);
  const learn = ({ characters, tokens }: Counted) =>
    db.modelCounts.learn(modelDigest, {
      ...{ characters, tokens, contextTokens },
      numCtx: asked.num_ctx ?? null,
    });
  const contextSize = contextTokens ?? asked.num_ctx;
  if (promptTokens === null || contextSize === undefined) {
    await learn(fromAnswer);
    return {};
  }
  const known = ratioOf(await db.modelCounts.of(modelDigest));
  const before = parentId && (await db.generations.measured(parentId, modelDigest));
  const now = readingOf(asked, promptTokens, contextSize);
  const earlier = before ? earlierOf(before, contextSize) : undefined;
  const loss = lossOf(now, known ?? ratioOf(fromAnswer), earlier);
  const whole = now.alone || (earlier && !earlier.cut && promptTokens > earlier.promptTokens);
  const cut = loss.turnsDropped || loss.promptCut;
  const fromPrompt = countedInPrompt(now, whole && !cut ? "all" : "some");
  await learn({
    characters: fromAnswer.characters + fromPrompt.characters,
    tokens: fromAnswer.tokens + fromPrompt.tokens,
  });
  return loss;
}

function readingOf(asked: Asked, promptTokens: number, contextTokens: number): NewReading {
  const { characters = 0, pictures = 0, turns = 0, lastCharacters = 0 } = asked;
  return {
    ...{ characters, pictures, promptTokens, contextTokens, lastCharacters },
    alone: turns === 1,
  };
}

function earlierOf(before: MeasuredAnswer, contextSize: number): EarlierReading {
  return {
    characters: before.characters ?? before.pathCharacters - before.answerCharacters,
    pictures: before.pathPictures,
    promptTokens: before.promptTokens,
    contextTokens: before.contextTokens ?? contextSize,
    cut: before.cut,
  };
}

async function within<T>(ms: number, value: Promise<T>): Promise<T | null> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<null>((resolve) => {
    timer = setTimeout(resolve, ms, null);
  });
  return Promise.race([value, late]).finally(() => clearTimeout(timer));
}
