import { DEFAULT_TOKENS_PER_CHARACTER, PICTURE_TOKENS } from "~/shared/context-usage";

export interface Reading {
  characters: number;
  pictures: number;
  promptTokens: number;
  contextTokens: number;
}

export interface EarlierReading extends Reading {
  cut: boolean;
}

export interface NewReading extends Reading {
  alone: boolean;
  /** Of the instructions and the last message, which Ollama never drops. */
  lastCharacters: number;
}

export interface Loss {
  turnsDropped: boolean;
  promptCut: boolean;
}

const FEWEST_TOKENS_PER_CHARACTER = 0.15;
const CAUTIOUS_TOKENS_PER_CHARACTER = 0.2;
/** A smaller count cannot be of the whole prompt: hosts before 0.30 leave out cached tokens. */
const IMPOSSIBLE_TOKENS_PER_CHARACTER = 0.08;
const MOST_TOKENS_PER_CHARACTER = 0.5;
const CERTAIN = 0.75;
const SHORT = 0.8;
/** For a first prompt: a table or a log can take half the tokens of prose. */
const FAR_SHORT = 0.4;
/** Ollama cuts a prompt to about half the context. */
const HALF_WITHIN = 0.02;
const NEARLY = 0.9;

const NONE: Loss = { turnsDropped: false, promptCut: false };

/** Guesses what the host left out from a count that is too small; Ollama does not report it. In doubt: nothing. */
export function lossOf(
  now: NewReading,
  ratio: number | undefined,
  before: EarlierReading | undefined,
): Loss {
  if (!isShort(now, ratio, before)) return NONE;
  const last = (ratio ?? DEFAULT_TOKENS_PER_CHARACTER) * now.lastCharacters;
  const promptCut = now.alone || (isHalf(now) && last > NEARLY * now.contextTokens);
  return { promptCut, turnsDropped: !now.alone };
}

function isCredible({ characters, promptTokens }: Pick<Reading, "characters" | "promptTokens">) {
  return promptTokens >= IMPOSSIBLE_TOKENS_PER_CHARACTER * characters;
}

function isShort(
  now: NewReading,
  ratio: number | undefined,
  before: EarlierReading | undefined,
): boolean {
  const { promptTokens: read, contextTokens: contextSize } = now;
  const known = before && (before.cut || isCredible(before)) ? before : undefined;
  const { least, likely } = known ? fromBefore(now, ratio, known) : fromLength(now, ratio);
  const guess =
    ratio === undefined && !known ? fromLength(now, DEFAULT_TOKENS_PER_CHARACTER) : null;
  if (isHalf(now) && (guess?.likely ?? likely) > NEARLY * contextSize) return true;
  if (now.alone && !known)
    return likely > contextSize && (read >= contextSize || read < FAR_SHORT * likely);
  if (least > contextSize) return read < least;
  return likely > contextSize && read < SHORT * likely;
}

function isHalf({ promptTokens, contextTokens }: Reading): boolean {
  return Math.abs(promptTokens - contextTokens / 2) <= HALF_WITHIN * contextTokens;
}

interface Needed {
  least: number;
  likely: number;
}

function fromBefore(now: NewReading, ratio: number | undefined, before: EarlierReading): Needed {
  const known = before.cut ? before.contextTokens + 1 : before.promptTokens;
  const measured = before.promptTokens / Math.max(1, before.characters);
  const each =
    ratio ??
    (before.cut ? FEWEST_TOKENS_PER_CHARACTER : Math.min(measured, MOST_TOKENS_PER_CHARACTER));
  const since = now.characters - before.characters;
  // If it is shorter, the instructions have changed: only the length is known.
  if (since < 0) return { least: CERTAIN * each * now.characters, likely: each * now.characters };
  const pictures = PICTURE_TOKENS * Math.max(0, now.pictures - before.pictures);
  return { least: known + CERTAIN * each * since, likely: known + each * since + pictures };
}

/** Ollama often overestimates pictures when it drops messages, but never drops a single prompt. */
function fromLength(now: NewReading, ratio: number | undefined): Needed {
  const { characters, pictures, alone } = now;
  if (ratio === undefined) {
    return {
      least: FEWEST_TOKENS_PER_CHARACTER * characters,
      likely: CAUTIOUS_TOKENS_PER_CHARACTER * characters,
    };
  }
  const likely = ratio * characters + (alone ? 0 : PICTURE_TOKENS * pictures);
  return { least: CERTAIN * ratio * characters, likely };
}
