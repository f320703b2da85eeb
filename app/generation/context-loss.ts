import { DEFAULT_TOKENS_PER_CHARACTER, PICTURE_TOKENS } from "~/shared/context-usage";

/** What a host has read of a branch, by its own count. */
export interface Reading {
  characters: number;
  pictures: number;
  promptTokens: number;
  /** How many tokens the loaded model held at once. */
  contextTokens: number;
}

/** An earlier reading of the same branch by the same model. */
export interface EarlierReading extends Reading {
  cut: boolean;
}

/** A reading that has just been reported. Ollama never drops the instructions or the last message. */
export interface NewReading extends Reading {
  /** A single message, instructions aside. */
  alone: boolean;
  /** Characters of the instructions and the last message. */
  lastCharacters: number;
}

export interface Loss {
  turnsDropped: boolean;
  promptCut: boolean;
}

/** Almost no text takes fewer tokens a character than this. */
const FEWEST_TOKENS_PER_CHARACTER = 0.15;
/** Expected of a model that has counted nothing yet. */
const CAUTIOUS_TOKENS_PER_CHARACTER = 0.2;
/** A count below this cannot be of the whole: hosts before 0.30 leave out what is in their cache. */
const IMPOSSIBLE_TOKENS_PER_CHARACTER = 0.08;
/** Pictures raise a count; they must not be taken for text. */
const MOST_TOKENS_PER_CHARACTER = 0.5;
/** The part of the expected tokens since the last count that is certain. */
const CERTAIN = 0.75;
const SHORT = 0.8;
/** The same for a first prompt: a table or a log can take half the tokens of prose. */
const FAR_SHORT = 0.4;
/** Cutting the middle of a prompt leaves half the context, give or take this part of it. */
const HALF_WITHIN = 0.02;
/** From this part of the context on, a count of half the context is no coincidence. */
const NEARLY = 0.9;

const NONE: Loss = { turnsDropped: false, promptCut: false };

/**
 * What the host left out. It never says so; only its count is too small for what was sent. That is judged by
 * what the same model read of this branch before, and by `ratio`, the tokens a character it has counted
 * elsewhere. When in doubt, nothing was left out: hosts before 0.30 do not count what is in their cache, so a
 * small count matters only if the branch is also too long for the context.
 */
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
  const { promptTokens: read, contextTokens: held } = now;
  const known = before && (before.cut || isCredible(before)) ? before : undefined;
  const { least, likely } = known ? fromBefore(now, ratio, known) : fromLength(now, ratio);
  const guess =
    ratio === undefined && !known ? fromLength(now, DEFAULT_TOKENS_PER_CHARACTER) : null;
  if (isHalf(now) && (guess?.likely ?? likely) > NEARLY * held) return true;
  if (now.alone && !known) return likely > held && (read >= held || read < FAR_SHORT * likely);
  if (least > held) return read < least;
  return likely > held && read < SHORT * likely;
}

function isHalf({ promptTokens, contextTokens }: Reading): boolean {
  return Math.abs(promptTokens - contextTokens / 2) <= HALF_WITHIN * contextTokens;
}

interface Needed {
  /** In tokens, for all that was sent. */
  least: number;
  likely: number;
}

function fromBefore(now: NewReading, ratio: number | undefined, before: EarlierReading): Needed {
  // If something was left out, the whole took more than the context.
  const known = before.cut ? before.contextTokens + 1 : before.promptTokens;
  const measured = before.promptTokens / Math.max(1, before.characters);
  const each =
    ratio ??
    (before.cut ? FEWEST_TOKENS_PER_CHARACTER : Math.min(measured, MOST_TOKENS_PER_CHARACTER));
  const since = now.characters - before.characters;
  // Shorter than before: the instructions have changed, so only the length is known.
  if (since < 0) return { least: CERTAIN * each * now.characters, likely: each * now.characters };
  const pictures = PICTURE_TOKENS * Math.max(0, now.pictures - before.pictures);
  return { least: known + CERTAIN * each * since, likely: known + each * since + pictures };
}

/** Ollama drops messages by its own guess for pictures, often far too high; a single prompt is read all the same. */
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
