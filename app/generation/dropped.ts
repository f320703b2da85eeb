import { PICTURE_TOKENS, USUAL_TOKENS_PER_CHARACTER } from "~/context-words";

/** What a host has read of a branch, by its own count. */
export interface Reading {
  /** Characters of text that it was sent. */
  characters: number;
  pictures: number;
  promptTokens: number;
  /** How many tokens the loaded model held at once. */
  contextTokens: number;
}

/** What is known of an earlier reading of the same branch by the same model. */
export interface EarlierReading extends Reading {
  /** Whether something was left out then. */
  cut: boolean;
}

/** A reading with what Ollama never leaves out whole: the instructions and the last message. */
export interface NewReading extends Reading {
  /** Whether it is nothing but these. */
  alone: boolean;
  /** The characters of these. */
  lastCharacters: number;
}

/** What a host has left out of what it was sent. */
export interface Loss {
  turnsDropped: boolean;
  promptCut: boolean;
}

/** Text that takes fewer tokens a character than this is hardly ever written. */
const FEWEST_TOKENS_PER_CHARACTER = 0.15;
/** The same where a false alarm would cost more: a first prompt can be one table, or spaces. */
const LEAST_LIKELY_TOKENS_PER_CHARACTER = 0.2;
/** What is below it is no count of the whole: a host before 0.30 leaves out what is in its cache. */
const IMPOSSIBLE_TOKENS_PER_CHARACTER = 0.08;
/** What pictures add to a count must not pass for text. */
const MOST_TOKENS_PER_CHARACTER = 0.5;
/** How much of what came since is certain, and how far a count must fall short of the expected. */
const CERTAIN = 0.75;
const SHORT = 0.8;
const FAR_SHORT = 0.4;
/** A prompt that is cut in the middle leaves half a window, within this share of it. */
const HALF_WITHIN = 0.02;
/** From this share of the window on, half a window is no chance. */
const NEARLY = 0.9;

const NONE: Loss = { turnsDropped: false, promptCut: false };

/**
 * What the host left out: it says so nowhere, only its count is smaller than it had to be. Told from what the
 * same model has read of this branch before, and from `ratio`, the tokens a character that it has counted
 * elsewhere. In doubt nothing was left out: hosts before 0.30 do not count their cache, and then a small count
 * alone means nothing, so the branch must also be too long for the context.
 */
export function lossOf(
  now: NewReading,
  ratio: number | undefined,
  before: EarlierReading | undefined,
): Loss {
  if (!isShort(now, ratio, before)) return NONE;
  const last = (ratio ?? USUAL_TOKENS_PER_CHARACTER) * now.lastCharacters;
  const promptCut = now.alone || (isHalf(now) && last > NEARLY * now.contextTokens);
  return { promptCut, turnsDropped: !now.alone };
}

/** Whether a count is large enough to be one of all that was sent. */
export function isCredible({
  characters,
  promptTokens,
}: Pick<Reading, "characters" | "promptTokens">) {
  return promptTokens >= IMPOSSIBLE_TOKENS_PER_CHARACTER * characters;
}

function isShort(
  now: NewReading,
  ratio: number | undefined,
  before: EarlierReading | undefined,
): boolean {
  const { promptTokens: read, contextTokens: held } = now;
  const known = before && (before.cut || isCredible(before)) ? before : undefined;
  const { least, likely } = known ? fromBefore(now, ratio, known) : fromLength(now, ratio);
  const guess = ratio === undefined && !known ? fromLength(now, USUAL_TOKENS_PER_CHARACTER) : null;
  if (isHalf(now) && (guess?.likely ?? likely) > NEARLY * held) return true;
  if (now.alone && !known) return likely > held && (read >= held || read < FAR_SHORT * likely);
  if (least > held) return read < least;
  return likely > held && read < SHORT * likely;
}

function isHalf({ promptTokens, contextTokens }: Reading): boolean {
  return Math.abs(promptTokens - contextTokens / 2) <= HALF_WITHIN * contextTokens;
}

interface Needed {
  /** Tokens that all that was sent takes at least. */
  least: number;
  likely: number;
}

function fromBefore(now: NewReading, ratio: number | undefined, before: EarlierReading): Needed {
  // What was cut took more than the context that it was cut to.
  const known = before.cut ? before.contextTokens + 1 : before.promptTokens;
  const measured = before.promptTokens / Math.max(1, before.characters);
  const each =
    ratio ??
    (before.cut ? FEWEST_TOKENS_PER_CHARACTER : Math.min(measured, MOST_TOKENS_PER_CHARACTER));
  const since = now.characters - before.characters;
  // Shorter than before: the instructions are others, and nothing is certain but the length.
  if (since < 0) return { least: CERTAIN * each * now.characters, likely: each * now.characters };
  const pictures = PICTURE_TOKENS * Math.max(0, now.pictures - before.pictures);
  return { least: known + CERTAIN * each * since, likely: known + each * since + pictures };
}

/** Ollama drops turns by its guess of what pictures take, which can be far too much; a prompt alone it reads. */
function fromLength(now: NewReading, ratio: number | undefined): Needed {
  const { characters, pictures, alone } = now;
  if (ratio === undefined) {
    return {
      least: FEWEST_TOKENS_PER_CHARACTER * characters,
      likely: LEAST_LIKELY_TOKENS_PER_CHARACTER * characters,
    };
  }
  const likely = ratio * characters + (alone ? 0 : PICTURE_TOKENS * pictures);
  return { least: CERTAIN * ratio * characters, likely };
}
